import type { conversationEndpoints } from '@partyline/contracts/api/conversations'
import type { ConversationFilter } from '@partyline/db/queries/list-conversations'
import type { z } from 'zod'

type Asked = Omit<z.output<(typeof conversationEndpoints)['list']['query']>, 'cursor' | 'limit'>

/** Which conversations are asked for, `me` being who asks. */
export function readFilter(
  { assignee, begun, unread, waiting, scheduled, ...rest }: Asked,
  viewerId: string,
): ConversationFilter {
  return {
    ...rest,
    begun: begun !== undefined,
    unread: unread !== undefined,
    waiting: waiting !== undefined,
    scheduled: scheduled !== undefined,
    assigneeId: assignee === 'none' ? null : assignee === 'me' ? viewerId : assignee,
  }
}
