import type { Member, MemberState } from '@partyline/contracts/api/groups'

export interface MemberFilter {
  q: string
  state: MemberState | undefined
}

/** Whether a member is among those asked for: as the api finds them, for what the feed brings. */
export function isAmong(member: Member, { q, state }: MemberFilter): boolean {
  if (state !== undefined && stateOf(member) !== state) return false
  if (q === '') return true
  const digits = /^[\d\s()+.-]+$/.test(q) ? q.replace(/\D/g, '') : ''
  if (digits !== '' && member.address?.includes(digits)) return true
  const texts = [member.name, member.address, member.displayAddress]
  return texts.some((text) => text?.toLowerCase().includes(q.toLowerCase()))
}

function stateOf({ optedOut, unreachable }: Member): MemberState {
  if (optedOut) return 'opted_out'
  return unreachable ? 'unreachable' : 'active'
}
