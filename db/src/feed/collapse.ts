import type { ListedEvent } from './list-events.ts'

/**
 * Several events of one thing become one, as each carries the thing as it is now: the last, in its
 * place; except that a creation stays one, in its place, so that new messages keep their order.
 */
export function collapse(events: ListedEvent[]): ListedEvent[] {
  const kept = new Map<string, ListedEvent>()
  for (const event of events) {
    if (event.type === 'pruned') continue
    // Who is told of a deletion stands in the event: one for each.
    const teller = event.type.endsWith('.deleted') ? (event.ownerId ?? '') : ''
    const key = `${familyOf(event)} ${event.subjectId} ${teller}`
    if (kept.get(key)?.type === 'message.created') continue
    kept.delete(key)
    kept.set(key, event)
  }
  return [...kept.values()]
}

/** A group's id is its conversation's, so the id alone does not tell things apart. */
function familyOf({ type }: ListedEvent): string {
  return type.slice(0, type.indexOf('.'))
}
