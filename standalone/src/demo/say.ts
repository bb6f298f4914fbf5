import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import type { Simulator } from '@partyline/simulator/simulator'
import type { ApiClient } from './api-client.ts'
import { sunset } from './picture.ts'
import type { Said } from './story.ts'

const patienceMs = 10_000

/** Says one thing on a line and waits until it is in its conversation, whose id it returns. */
export async function say(
  { api, simulator }: { api: ApiClient; simulator: Pick<Simulator, 'text'> },
  line: string,
  { by, says, picture }: Said,
  conversationId: string | undefined,
): Promise<string> {
  if (by) {
    const media = picture ? [{ contentType: 'image/png', bytes: sunset() }] : []
    await simulator.text({ from: by.address, to: line, body: says, media })
  } else if (conversationId !== undefined) {
    const body = { body: says, clientKey: randomUUID() }
    await api.call(messageEndpoints.send, { params: { id: conversationId }, body })
  }
  const deadline = Date.now() + patienceMs
  while (Date.now() < deadline) {
    const { items } = await api.call(conversationEndpoints.list)
    const found = items.find(
      (one) => one.line?.address === line && one.lastMessage?.preview === says,
    )
    if (found) return found.id
    await wait(20)
  }
  throw new Error('a text of the demo did not arrive')
}
