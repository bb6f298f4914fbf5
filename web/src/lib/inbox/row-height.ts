import type { Conversation } from '@partyline/contracts/api/conversations'

/** Whether a row has a third line: for the line, where there are several, and for labels. */
export function hasExtras({ labelIds, line, kind }: Conversation, namesLine: boolean): boolean {
  return labelIds.length > 0 || (namesLine && kind === 'direct' && line !== null)
}

/** In rem. Known before it is drawn, so that nothing ever moves because a row turned out different. */
export function rowHeight(conversation: Conversation, namesLine: boolean): number {
  return hasExtras(conversation, namesLine) ? 5.75 : 4.5
}
