import type { Db } from '@partyline/db/client'
import { deliveries } from '@partyline/db/schema/deliveries'
import { messages } from '@partyline/db/schema/messages'
import { eq } from 'drizzle-orm'
import { expect } from 'vitest'
import { givenGroup } from '../../support/given.ts'
import { withOwnRedis } from '../../support/own-redis.ts'
import { runIngress } from '../../support/run-ingress.ts'
import { runLine } from '../../support/run-line.ts'
import { type Stack, test } from '../../support/stack.ts'
import { account, signedForm, textParams } from '../../support/webhook.ts'

const path = '/webhooks/twilio/messages'
const group = '+15558675310'
const people = { '+14155559173': 'Ana', '+14155558264': 'Ben' }
const [ana, ben] = Object.keys(people) as [string, string]
const canary = 'the parrot flies at nine'

const bodies = async (db: Db) =>
  (await db.select().from(messages).orderBy(messages.seq)).map((message) => message.body)

/** A signed text that waits in Redis: no dispatcher runs. */
async function textWaits(stack: Stack) {
  await using ingress = await runIngress(stack)
  const answer = await ingress.http.inject(
    signedForm(path, textParams({ From: ana, To: group, Body: canary })),
  )
  expect(answer.statusCode).toBe(200)
}

test('S39: no text and no number of a text, its statuses or its waiting is ever in Redis or its files', async ({
  stack: given,
}) => {
  await using stack = await withOwnRedis(given)
  await givenGroup(stack.db, { address: group, members: people })
  await textWaits(stack)
  await using line = await runLine(stack)
  line.simulator.addNumber({ address: group, name: 'Conference' })
  for (const [address, name] of Object.entries(people)) line.simulator.addPhone({ address, name })
  await expect.poll(() => bodies(stack.db)).toEqual([canary])
  await line.simulator.text({ from: ben, to: group, body: `${canary} again` })

  const delivered = eq(deliveries.status, 'delivered')
  await expect.poll(() => stack.db.$count(deliveries, delivered)).toBe(2)

  const written = await stack.written()
  expect(written).toContain('inbound.accept')
  expect(written).toContain('status.apply')
  for (const secret of ['parrot', account.token, ...[ana, ben, group].map((it) => it.slice(1))]) {
    expect(written).not.toContain(secret)
  }
})

test('S39: what waits in Redis is opened with either token while one is rotated', async ({
  stack,
}) => {
  await textWaits(stack)

  await using line = await runLine(stack, { authTokens: ['the next token', account.token] })

  await expect.poll(() => bodies(stack.db)).toEqual([canary])
  expect(line.simulator.judge().total).toBe(0)
})

test('S39: what cannot be opened stays and is tried again, until the right token is back', async ({
  stack,
}) => {
  await textWaits(stack)
  const job = () => stack.redis.hgetall(`${stack.prefix}:inbound:1`)
  {
    await using wrong = await runLine(stack, { authTokens: ['a wrong token'] })
    await expect.poll(async () => Number((await job())['atm'])).toBeGreaterThan(1)
    expect((await job())['failedReason']).toMatch(/secret/)
    expect(wrong.simulator.judge().total).toBe(0)
  }
  expect(await bodies(stack.db)).toEqual([])

  await using line = await runLine(stack)

  await expect.poll(() => bodies(stack.db)).toEqual([canary])
  expect(line.simulator.judge().total).toBe(0)
})
