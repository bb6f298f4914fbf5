import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import type { Client } from './client.ts'
import { makeLine } from './running-api.ts'

export const openConversation = (client: Client, lineId: string, address: string) =>
  client.call(conversationEndpoints.create, {}, { lineId, address })

/** A direct conversation on a line of its own. */
export async function makeDirect(admin: Client) {
  const line = await makeLine(admin)
  return openConversation(admin, line.id, '+12065551212')
}

export const conversationNames = async (client: Client, query: object = {}) =>
  (await client.call(conversationEndpoints.list, {}, query)).items.map(({ name }) => name)
