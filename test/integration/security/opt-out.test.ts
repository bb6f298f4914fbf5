import { auditEndpoints } from '@partyline/contracts/api/audit'
import { contactEndpoints } from '@partyline/contracts/api/contacts'
import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { groupEndpoints } from '@partyline/contracts/api/groups'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import type { Db } from '@partyline/db/client'
import { claimDeliveries } from '@partyline/db/queries/claim-deliveries'
import { learnOptOuts } from '@partyline/db/queries/record-results'
import { audit } from '@partyline/db/schema/audit'
import { deliveries } from '@partyline/db/schema/deliveries'
import { minding } from '@partyline/dispatcher/send/mind-breaker'
import { asc } from 'drizzle-orm'
import { expect } from 'vitest'
import { ana, ben, givenConference, group as line } from '../../support/conference.ts'
import { givenDirect, givenLine } from '../../support/given.ts'
import { textIn } from '../../support/text-in.ts'
import type { Client } from '../api/client.ts'
import { test } from '../api/running-api.ts'

const fromAna = (db: Db, params: Record<string, string>) =>
  textIn(db, { From: ana, To: line, ...params })

const written = async (db: Db) =>
  (await db.select().from(audit).orderBy(asc(audit.id)))
    .filter(({ userId }) => userId === null)
    .map(({ action, subject, details }) => ({ action, subject, details }))

/** Whom the line texts now. */
async function claimed(db: Db, lineId: string) {
  const { claims } = await claimDeliveries(db, {
    lineId,
    ...{ limit: 100, segments: 100, leaseMs: 1_000 },
  })
  return claims.map(({ to }) => to).toSorted()
}

test('S44: STOP, START and HELP are written down, each once, and passed on to nobody', async ({
  stack: { db },
}) => {
  const { line: row } = await givenConference(db)
  for (const Body of ['HELP', 'STOP', 'stop', 'START', 'START']) await fromAna(db, { Body })

  const details = { lineId: row.id, source: 'keyword' }
  expect(await written(db)).toEqual([
    { action: 'help.asked', subject: ana, details },
    { action: 'opt_out.began', subject: ana, details },
    { action: 'opt_out.ended', subject: ana, details },
  ])
  // The last START ended nothing, so it is a word like any other.
  expect((await db.select().from(deliveries)).map(({ address }) => address)).toEqual([ben])
})

test('S44: what Twilio understood counts, in any language', async ({ stack: { db } }) => {
  await givenConference(db)

  await fromAna(db, { Body: 'ARRET', OptOutType: 'STOP' })

  expect(await written(db)).toMatchObject([{ action: 'opt_out.began', subject: ana }])
  expect(await db.$count(deliveries)).toBe(0)
})

test('S44: whoever Twilio says has left is written down once, however many texts it refuses', async ({
  stack: { db },
  admin,
}) => {
  const row = await givenLine(db, { address: line })
  const { conversationId: id } = await givenDirect(db, { lineId: row.id, address: ana })
  for (const clientKey of ['1', '2']) {
    await admin.call(messageEndpoints.send, { id }, { body: 'Hi', clientKey })
  }
  const refused = (await db.select().from(deliveries)).map((delivery) => delivery.id)

  await learnOptOuts(db, refused)
  await learnOptOuts(db, refused)

  expect(await written(db)).toEqual([
    {
      action: 'opt_out.began',
      subject: ana,
      details: { lineId: row.id, source: 'twilio' },
    },
  ])
})

test('S44: nothing that an administrator does brings back who texted STOP', async ({
  stack: { db },
  admin,
}) => {
  const { conversationId: id, line: row } = await givenConference(db)
  const say = (to: string, clientKey: string) =>
    admin.try(
      messageEndpoints.send,
      { id: to },
      { body: `Hi ${clientKey}`, clientKey, confirm: true },
    )
  await say(id, 'before')
  await fromAna(db, { Body: 'STOP' })
  expect(await claimed(db, row.id)).toEqual([ben])

  // Sent again by hand.
  const [cancelled] = (await db.select().from(deliveries)).filter(({ address }) => address === ana)
  await admin.call(messageEndpoints.retry, { id: cancelled?.id ?? '' })
  // Texted alone, from the same line.
  const given = { lineId: row.id, address: ana }
  const direct = await admin.call(conversationEndpoints.create, {}, given)
  const alone = await say(direct.id, 'alone')
  expect([alone.status, alone.code]).toEqual([409, 'contact_opted_out'])
  // Removed and added again, and made anew as a contact.
  await addAgain(admin, id)
  const { items } = await admin.call(contactEndpoints.list, {}, { q: 'Ana' })
  await admin.call(contactEndpoints.remove, { id: items[0]?.id ?? '' })
  await addAgain(admin, id)
  await say(id, 'after')

  expect(await claimed(db, row.id)).not.toContain(ana)
  const members = (await admin.call(groupEndpoints.members, { id })).items
  expect(members.find(({ address }) => address === ana)?.optedOut).toBe(true)
  await fromAna(db, { Body: 'START' })
  await db.update(deliveries).set({ state: 'accepted' })
  await say(id, 'back')
  expect(await claimed(db, row.id)).toEqual([ana, ben])
})

async function addAgain(admin: Client, id: string) {
  const { items } = await admin.call(groupEndpoints.members, { id })
  const there = items.find(({ address }) => address === ana)
  if (there) await admin.call(groupEndpoints.removeMember, { id, memberId: there.id })
  await admin.call(groupEndpoints.addMember, { id }, { name: 'Ana', phone: ana })
}

test('S45: the breaker is written down when it opens and when it closes, once each', async ({
  stack: { db, log },
  admin,
}) => {
  const config = { sending: { settleMs: 1_000 } } as Parameters<typeof minding>[0]['config']
  const claim = { id: '', attempt: 1 } as Parameters<typeof minding>[1][number]['claim']
  const breaker = { open: false }
  const mind = (outcome: Parameters<typeof minding>[1][number]['outcome']) =>
    minding({ db, log, config, breaker }, [{ claim, outcome }])

  await mind({ outcome: 'account_refused', errorCode: 20003 })
  await mind({ outcome: 'account_refused', errorCode: 20003 })
  await mind({ outcome: 'refused', errorCode: 21211 })
  await mind({ outcome: 'refused', errorCode: 21211 })

  expect(await written(db)).toEqual([
    { action: 'breaker.opened', subject: null, details: { errorCode: 20003 } },
    { action: 'breaker.closed', subject: null, details: {} },
  ])
  const { items } = await admin.call(auditEndpoints.list, {}, { action: 'breaker.opened' })
  expect(items).toMatchObject([{ user: null, ip: null }])
})
