import type { Announcing } from '@partyline/contracts/api/bulk-people'
import type { Db } from '../client.ts'
import { announce, type Group } from './locked-group.ts'
import type { Posted } from './post-message.ts'

interface Coming {
  names: readonly string[]
  what: 'joined' | 'left'
  how: Announcing
}

/** Tells the group who came or went, as it was asked for: each, all in one text, or not. */
export async function announceMany(
  tx: Db,
  group: Group,
  { names, what, how }: Coming,
  said: Parameters<typeof announce>[3],
): Promise<Posted[]> {
  const announced: Posted[] = []
  for (const body of announcements(names, what, how)) {
    const posted = await announce(tx, group, body, said)
    if (posted) announced.push(posted)
  }
  return announced
}

/** `Ana, Ben and 38 others have joined the group`. */
function announcements(
  names: readonly string[],
  what: 'joined' | 'left',
  how: Announcing,
): string[] {
  const [first, second] = names
  if (how === 'none' || first === undefined) return []
  if (how === 'each' || second === undefined) {
    return names.map((name) => `${name} has ${what} the group`)
  }
  const others = names.length - 2
  if (others === 0) return [`${first} and ${second} have ${what} the group`]
  const rest = others === 1 ? (names[2] ?? '') : `${others} others`
  return [`${first}, ${second} and ${rest} have ${what} the group`]
}
