import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import type { ApiClient } from './api-client.ts'
import type { SimulatorClient } from './simulator-client.ts'
import type { Said } from './story.ts'

const patienceMs = 30_000

/** Says one thing on a line and waits until it is in its conversation, whose id it returns. */
export async function say(
  { api, simulator }: { api: ApiClient; simulator: SimulatorClient },
  line: string,
  { by, says, picture }: Said,
  conversationId: string | undefined,
): Promise<string> {
  if (by) {
    await simulator.text({ from: by.address, to: line, body: says, picture: picture === true })
  } else if (conversationId !== undefined) {
    const body = { body: says, clientKey: randomUUID() }
    await api.call(messageEndpoints.send, { params: { id: conversationId }, body })
  }
  const { id } = await poll(async () => {
    const { items } = await api.call(conversationEndpoints.list)
    return items.find((one) => one.line?.address === line && one.lastMessage?.preview === says)
  })
  await arrived(api, id)
  return id
}

/** Waits until all of a conversation is on the phones: people read before they answer. */
export async function arrived(api: ApiClient, id: string): Promise<void> {
  await poll(async () => {
    const { items } = await api.call(messageEndpoints.list, { params: { id } })
    const isThere = items.every(({ deliveries: { total, delivered, failed } }) => {
      return delivered + failed === total
    })
    return isThere ? true : undefined
  })
}

async function poll<T>(look: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + patienceMs
  while (Date.now() < deadline) {
    const found = await look()
    if (found !== undefined) return found
    await wait(20)
  }
  throw new Error('a text of the demo did not arrive')
}
