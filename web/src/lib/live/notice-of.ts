import type { Conversation } from '@partyline/contracts/api/conversations'
import { pathOf } from '../conversation-path.ts'
import { previewOf } from '../inbox/row-words.ts'

/** What a click on it needs to know, and whoever would show it once more. */
export interface NoticeData {
  path: string
  messageId: string | undefined
}

/** How the newest text of a conversation is told, by an open window and by the service worker alike. */
export function noticeOf(
  conversation: Pick<Conversation, 'id' | 'kind' | 'name' | 'lastMessage'>,
  userName: string,
): { title: string; options: Omit<NotificationOptions, 'data'> & { data: NoticeData } } {
  const { id: tag, name: title, lastMessage } = conversation
  const body = previewOf(conversation, userName)
  const data = { path: pathOf(conversation), messageId: lastMessage?.id }
  return { title, options: { body, tag, data, icon: '/icon-192.png' } }
}
