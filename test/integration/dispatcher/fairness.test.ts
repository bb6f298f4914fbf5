import { claimDeliveries } from '@partyline/db/queries/claim-deliveries'
import { expect } from 'vitest'
import { givenDirect, givenGroup } from '../../support/given.ts'
import { say } from '../../support/say.ts'
import { test } from '../../support/stack.ts'

const members = Object.fromEntries(
  Array.from({ length: 100 }, (_, index) => [`+1415555${1000 + index}`, `M${index}`]),
)

test('an answer to one person goes before what is left of a text to many on the same line', async ({
  stack: { db, sendingDb },
}) => {
  const { line, conversationId } = await givenGroup(db, { address: '+15558675310', members })
  const direct = await givenDirect(db, { lineId: line.id, address: '+14155550001' })
  const claim = async () =>
    claimDeliveries(sendingDb, { lineId: line.id, limit: 10, segments: 10, leaseMs: 45_000 })
  await say(db, conversationId, 'to many')
  await claim()

  await say(db, direct.conversationId, 'to one')

  const { claims } = await claim()
  expect(claims).toHaveLength(10)
  expect(claims[0]?.body).toBe('to one')
})
