import { type Conversation, conversationEndpoints } from '@partyline/contracts/api/conversations'
import { type Message, message } from '@partyline/contracts/api/messages'
import { transcriptPath } from '@partyline/contracts/api/thread'
import { z } from 'zod'
import type { Api } from '../api.ts'

export interface Transcript {
  conversation: Conversation
  days: { key: string; at: string; messages: Message[] }[]
  /** So many earlier ones are left out. */
  left: number
}

/** What fits on paper, and into a page of a browser. */
const most = 5_000

/** All that was said, oldest first, by day. */
export async function readTranscript(api: Api, id: string): Promise<Transcript> {
  const [conversation, file] = await Promise.all([
    api.call(conversationEndpoints.get, { params: { id } }),
    api.readText(transcriptPath(id, 'json')),
  ])
  const all = z.array(message).parse(JSON.parse(file))
  const days: Transcript['days'] = []
  for (const each of all.slice(-most)) {
    const key = new Date(each.createdAt).toDateString()
    const last = days.at(-1)
    if (last?.key === key) last.messages.push(each)
    else days.push({ key, at: each.createdAt, messages: [each] })
  }
  return { conversation, days, left: Math.max(0, all.length - most) }
}
