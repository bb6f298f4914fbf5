import type { MemberImport } from '@partyline/contracts/api/member-imports'

type Found = Pick<MemberImport, 'members' | 'staying' | 'contacts' | 'renamed'>

const several = (count: number, one: string) => (count === 1 ? `1 ${one}` : `${count} ${one}s`)
const joined = (parts: readonly (string | false)[]) =>
  new Intl.ListFormat('en').format(parts.filter((part) => part !== false))

const stays = (count: number) =>
  count === 1 ? 'stays: texted or changed since' : 'stay: texted or changed since'

/** What a list did to its group: `3 members added`. */
export const didToGroup = ({ members, staying }: Found): string =>
  `${several(members + staying, 'member')} added`

/** What undoing it will do, and who stays. */
export function undoMembersWords({ members, staying, contacts, renamed }: Found): string {
  const does = joined([
    members > 0 && `takes ${several(members, 'member')} out`,
    contacts > 0 && `deletes ${several(contacts, 'contact')} that it made`,
    renamed > 0 && `takes its name from ${several(renamed, 'contact')}`,
  ])
  const rest = staying > 0 ? ` ${several(staying, 'member')} ${stays(staying)}.` : ''
  return `Undoing it ${does}.${rest}`
}

/** What undoing it did: somebody may have texted since it was asked. */
export function undoneMembersWords(done: {
  left: number
  stayed: number
  removed: number
  renamedBack: number
}): string {
  const { left, stayed, removed, renamedBack } = done
  const did = joined([
    left > 0 && `${several(left, 'member')} taken out`,
    removed > 0 && `${several(removed, 'contact')} deleted`,
    renamedBack > 0 && `${several(renamedBack, 'contact')} nameless again`,
  ])
  const rest = stayed > 0 ? `. ${several(stayed, 'member')} ${stays(stayed)}` : ''
  return `${did === '' ? 'Nothing was left to undo' : did}${rest}`
}
