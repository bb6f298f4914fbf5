import type { Message } from '@partyline/contracts/api/messages'

/**
 * The place of the first of so many unread texts, counted back from a place; undefined when there are none
 * or it is not loaded yet. `items` are in their order.
 */
export function firstUnread(
  items: readonly Message[],
  { count, upTo, hasOlder }: { count: number; upTo: number; hasOlder: boolean },
): number | undefined {
  if (count === 0) return undefined
  const inbound = items.filter(({ direction, seq }) => direction === 'inbound' && seq <= upTo)
  const first = inbound.at(-count) ?? (hasOlder ? undefined : inbound[0])
  // Cut off at its newer end, the window cannot tell.
  return items.at(-1) && (items.at(-1)?.seq ?? 0) < upTo ? undefined : first?.seq
}
