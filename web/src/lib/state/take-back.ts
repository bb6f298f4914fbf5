import { messageEndpoints } from '@partyline/contracts/api/messages'
import type { Api } from '../api.ts'
import { ApiError } from '../api-error.ts'

/** Whether a text waited for its time under that key: its key is spent then, and it does not go out. */
export async function takeBack(
  api: Api,
  { conversationId, clientKey }: { conversationId: string; clientKey: string },
): Promise<boolean> {
  const { items } = await api.call(messageEndpoints.scheduled, { params: { id: conversationId } })
  const waiting = items.find((each) => each.clientKey === clientKey)
  if (!waiting) return false
  try {
    await api.call(messageEndpoints.cancelScheduled, { params: { id: waiting.id } })
    return true
  } catch (error) {
    // It went out meanwhile: asked for under its key, the api gives that message.
    if (!(error instanceof ApiError) || error.code !== 'not_found') throw error
    return false
  }
}
