import { messageEndpoints } from '@partyline/contracts/api/messages'
import { connectPostgres, createDb } from '@partyline/db/client'
import { createProducer } from '@partyline/kit/jobs'
import { createLog } from '@partyline/kit/log'
import { connectRedis } from '@partyline/kit/redis'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { givenDirect, givenGroup } from '../../support/given.ts'
import { runIngress } from '../../support/run-ingress.ts'
import { receiveOtlp } from '../../support/otlp-receiver.ts'
import { runLine } from '../../support/run-line.ts'
import { runService } from '../../support/run-service.ts'
import { noRedis, type Stack } from '../../support/stack.ts'
import { traced } from '../../support/traced.ts'
import { account, freshSid, signedForm, textParams } from '../../support/webhook.ts'
import { runApi, test } from '../api/running-api.ts'
import { Client } from '../api/client.ts'
import { cookieOf, runRealtime } from '../realtime/browser.ts'
import { expectIds, readLine } from './read-log.ts'

const texts = '/webhooks/twilio/messages'
const statuses = '/webhooks/twilio/status'
const group = '+15558675310'
const people = { '+14155559173': 'Ana', '+14155558264': 'Ben' }
const [ana, ben] = Object.keys(people) as [string, string]
const canaries = {
  body: 'the parrot flies at nine',
  name: 'Quillfeather',
  password: 'hunter2-hunter2-hunter2',
  cookie: 'c00k1ec00k1ec00k1e',
  bearer: 'b34r3rb34r3rb34r3r',
  signature: 'c2lnbmF0dXJlLWNhbmFyeQ==',
}

/** The stack with a log that is kept, at its most talkative. */
function listenedTo(stack: Stack) {
  const lines: string[] = []
  const log = createLog('test', 'debug', { write: (line: string) => void lines.push(line) })
  return { heard: { ...stack, log }, lines }
}

const text = (given: object = {}) =>
  textParams({ From: ana, To: group, Body: canaries.body, ProfileName: canaries.name, ...given })

/** Texts and statuses at the door: refused ones, and good ones while stores are away. */
async function atTheDoor(stack: Stack) {
  await using ingress = await runIngress(stack)
  const good = signedForm(texts, text())
  const forged = {
    ...good,
    headers: { ...good.headers, 'x-twilio-signature': canaries.signature },
  }
  expect((await ingress.http.inject(forged)).statusCode).toBe(403)
  const foreign = signedForm(texts, text({ AccountSid: `AC${'b'.repeat(32)}` }))
  expect((await ingress.http.inject(foreign)).statusCode).toBe(403)
  const query = new URLSearchParams({ From: ana, To: digits(group) }).toString()
  for (const url of [`${texts}/${ana}`, `${texts}?${query}`, `/${digits(ana)}?${query}`]) {
    expect((await ingress.http.inject({ ...forged, url })).statusCode).toBeGreaterThan(402)
  }
  const other = signedForm('/webhooks/twilio/errors', text())
  expect((await ingress.http.inject(other)).statusCode).toBe(200)

  const away = connectRedis(noRedis, 'producer', stack.log)
  const producer = createProducer(away, stack.prefix, stack.log)
  const nowhere = connectPostgres('postgres://127.0.0.1:1/none', { name: 'test' })
  const status = { ...text(), MessageSid: freshSid(), MessageStatus: 'delivered' }
  {
    await using alone = await runIngress(stack, { redis: away, producer })
    expect((await alone.http.inject(signedForm(texts, text()))).statusCode).toBe(200)
    expect((await alone.http.inject(signedForm(statuses, status))).statusCode).toBe(204)
    expect((await alone.http.inject(forged)).statusCode).toBe(403)
  }
  {
    await using lost = await runIngress(stack, { redis: away, producer, db: createDb(nowhere) })
    expect((await lost.http.inject(signedForm(texts, text()))).statusCode).toBe(503)
    expect((await lost.http.inject(signedForm(statuses, status))).statusCode).toBe(503)
  }
  away.disconnect()
  await nowhere.end({ timeout: 1 })
}

/** Texts on their way: taken and sent, refused by Twilio, lost by Twilio, and refused by the database. */
async function onTheWay(stack: Stack, lines: string[]) {
  const said = (what: string) => () => lines.some((line) => line.includes(what))
  await using line = await runLine(stack)
  line.simulator.addNumber({ address: group, name: 'Conference' })
  for (const [address, name] of Object.entries(people)) line.simulator.addPhone({ address, name })
  const say = () => line.simulator.text({ from: ana, to: group, body: canaries.body })
  await say()
  await expect.poll(said('Twilio took a delivery')).toBe(true)
  line.simulator.misbehave({ script: ['failBefore', 'unauthorized', 'resetAfter', 'hang'] })
  for (let index = 0; index < 4; index += 1) await say()
  await expect.poll(said('Twilio did not take a delivery')).toBe(true)
  await expect.poll(said('Twilio refuses the account')).toBe(true)

  await stack.db.execute(sql`alter table messages add constraint none check (false) not valid`)
  await say()
  await expect.poll(said('a text could not be taken')).toBe(true)
  await stack.db.execute(sql`drop index messages_words`)
  await stack.db.execute(sql`
    alter table messages drop constraint none, alter body type integer using 0`)
  await say()
  await expect.poll(said('22P02')).toBe(true)
  await stack.db.execute(sql`alter table status_events add constraint none check (false) not valid`)
  await using ingress = await runIngress(stack)
  const status = { ...text(), MessageSid: freshSid(), MessageStatus: 'delivered' }
  expect((await ingress.http.inject(signedForm(statuses, status))).statusCode).toBe(204)
  await expect.poll(said('job failed')).toBe(true)
}

test('S38: no text, number, name, password, cookie or token reaches a log, whatever fails', async ({
  stack,
  admin,
}) => {
  await using receiver = await receiveOtlp()
  const { heard: untraced, lines } = listenedTo(stack)
  const heard = await traced(untraced, receiver.url)
  const { line } = await givenGroup(stack.db, { address: group, members: people })
  const { conversationId } = await givenDirect(stack.db, { lineId: line.id, address: ben })

  await atTheDoor(heard)
  await onTheWay(heard, lines)

  await using api = runApi(heard)
  await api.api.start()
  const user = admin.at(api.http)
  const nobody = new Client(api.http)
  nobody.cookie = `partyline=${canaries.cookie}`
  const send = { body: canaries.body, clientKey: 'one' }
  const failed = await user.try(messageEndpoints.send, { id: conversationId }, send)
  expect(failed.status).toBe(500)
  expect((await nobody.signIn('admin@example.com', canaries.password)).status).toBe(401)
  expect((await nobody.get('/api/conversations')).status).toBe(401)
  const bearer = { authorization: `Bearer ${canaries.bearer}` }
  expect((await nobody.ask('GET', '/api/lines', undefined, bearer)).status).toBe(401)
  const broken = { 'content-type': 'application/json' }
  const half = `{"email": "${canaries.password}`
  expect((await nobody.ask('POST', '/api/session', half, broken)).status).toBe(400)
  for (const path of [`/api/contacts/${ana}`, `/api/${digits(ana)}?q=${digits(ben)}`]) {
    expect((await user.get(path)).status).toBeGreaterThan(399)
  }
  await stack.db.execute(sql`alter table sessions rename to gone`)
  expect((await user.get(`/api/conversations?q=${canaries.name}`)).status).toBe(500)
  await using realtime = await runRealtime(heard)
  const cookie = cookieOf(canaries.cookie)
  const knock = await fetch(`http://127.0.0.1:${realtime.port}/socket.io/?EIO=4`, {
    headers: { cookie, origin: 'http://evil.test' },
  })
  expect(knock.status).toBe(400)

  lines.push(...(await crashAtStart(stack)))
  await heard.tracing.stop()
  expect(lines.filter((each) => each.includes('unexpected error')).length).toBeGreaterThan(1)
  expect(lines.length).toBeGreaterThan(10)
  const secrets = [...Object.values(canaries), account.token, ...[ana, ben, group].map(digits)]
  for (const each of [...secrets, ...cookiesOf(admin)]) {
    expect(lines.filter((said) => said.includes(each))).toEqual([])
    expect(receiver.heard()).not.toContain(each)
  }
  expectIds(lines.map(readLine))
})

/** A service that cannot make its first admin. */
async function crashAtStart(stack: Stack): Promise<string[]> {
  await stack.db.execute(sql`update users set role = 'agent'`)
  await stack.db.execute(sql`alter table users add constraint none check (false) not valid`)
  const env = { ADMIN_EMAIL: `${canaries.name}@example.com`, ADMIN_PASSWORD: canaries.password }
  await using api = await runService('api', stack, { env })
  expect(await api.code()).toBe(1)
  return api.said().trim().split('\n')
}

const digits = (address: string) => address.slice(2)
const cookiesOf = ({ cookie }: Client) => [cookie?.split('=')[1] ?? 'no cookie']
