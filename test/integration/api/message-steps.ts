import { type Message, messageEndpoints } from '@partyline/contracts/api/messages'
import type { Client } from './client.ts'

export const sendMessage = (client: Client, id: string, body: string, clientKey: string) =>
  client.call(messageEndpoints.send, { id }, { body, clientKey })

/** Of a conversation, newest first. */
export const listMessages = async (
  client: Client,
  id: string,
  query: object = {},
): Promise<Message[]> => (await client.call(messageEndpoints.list, { id }, query)).items

export async function recipientsOf(
  client: Client,
  message: Message | undefined,
): Promise<string[]> {
  const page = await client.call(messageEndpoints.deliveries, { id: message?.id ?? '' })
  return page.items.map(({ address }) => address).toSorted()
}
