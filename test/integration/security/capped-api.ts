import { messageEndpoints } from '@partyline/contracts/api/messages'
import { noLimits, type SendLimits } from '@partyline/contracts/send-limits'
import { group, people } from '../../support/conference.ts'
import { givenGroup } from '../../support/given.ts'
import type { Stack } from '../../support/stack.ts'
import type { Client } from '../api/client.ts'
import { runApi } from '../api/running-api.ts'

export const members = { ...people, '+14155550103': 'Eva' }

/** A group of three: a text to it is three segments, one that is passed on is two. */
export const givenThree = ({ db }: Stack) => givenGroup(db, { address: group, members })

/** The api with some limits; whoever is signed in is there too. */
export async function withLimits(stack: Stack, limits: Partial<SendLimits>) {
  const running = runApi(stack, { limits: { ...noLimits, ...limits } })
  await running.api.start()
  return running
}

let keys = 0
/** Each time another text. */
export const send = (client: Client, id: string, body = 'Hi') =>
  client.try(messageEndpoints.send, { id }, { body, clientKey: `key ${(keys += 1)}` })
