import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { groupEndpoints } from '@partyline/contracts/api/groups'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import { changeGroup } from '@partyline/db/queries/groups'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { textIn } from '../../support/text-in.ts'
import { zoneAtNoon } from '../../support/zone-at-noon.ts'
import { listMessages } from './message-steps.ts'
import { makeGroup, makeMember, test } from './running-api.ts'

test('a paused group keeps what its members text, and each text can be passed on once', async ({
  stack: { db },
  admin,
}) => {
  const group = await makeGroup(admin)
  const id = group.id
  await makeMember(admin, id, 'Ana', '+12065550101')
  await makeMember(admin, id, 'Ben', '+12065550102')
  const pause = (paused: boolean) => admin.call(groupEndpoints.change, { id }, { paused })
  const { pausedAt } = await pause(true)
  expect((await pause(true)).pausedAt).toBe(pausedAt)
  expect((await admin.call(conversationEndpoints.get, { id })).pausedAt).toBe(pausedAt)
  await textIn(db, { From: '+12065550101', To: group.lineAddress, Body: 'Pizza?' })
  const messages = await listMessages(admin, id)

  expect(messages.find(({ kind }) => kind === 'event')?.body).toBe('Admin paused the group')
  const kept = messages.find(({ body }) => body === 'Pizza?')
  expect(kept).toMatchObject({
    held: { reason: 'The group was paused.', canPassOn: true },
    deliveries: { total: 0 },
  })
  const params = { id: kept?.id ?? '' }
  const passed = await admin.call(messageEndpoints.passOn, params)
  expect(passed).toMatchObject({ held: null, deliveries: { total: 1 } })
  expect((await admin.try(messageEndpoints.passOn, params)).code).toBe('cannot_retry')

  expect((await pause(false)).pausedAt).toBeNull()
  await textIn(db, { From: '+12065550102', To: group.lineAddress, Body: 'Yes' })
  const after = (await listMessages(admin, id)).find(({ body }) => body === 'Yes')
  expect(after).toMatchObject({ held: null, deliveries: { total: 1 } })
})

test('texts that wait for their turn while the group is being paused are kept too', async ({
  stack: { db },
  admin,
}) => {
  const { id, lineAddress } = await makeGroup(admin)
  await makeMember(admin, id, 'Ana', '+12065550101')
  await makeMember(admin, id, 'Ben', '+12065550102')

  const { taking } = await db.transaction(async (tx) => {
    await tx.execute(sql`select from conversations where id = ${id} for no key update`)
    const taking = textIn(db, { From: '+12065550101', To: lineAddress, Body: 'Pizza?' })
    taking.catch(() => undefined)
    const blocked = sql`select 1 from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`
    await expect.poll(() => db.execute(blocked)).toHaveLength(1)
    await changeGroup(tx, id, { paused: true })
    return { taking }
  })
  await taking

  const kept = (await listMessages(admin, id)).find(({ body }) => body === 'Pizza?')
  expect(kept).toMatchObject({ held: { canPassOn: true }, deliveries: { total: 0 } })
})

test('the activity of a group counts texts by day and by member, and says who came and went', async ({
  stack: { db },
  admin,
}) => {
  const group = await makeGroup(admin)
  const id = group.id
  const ana = await makeMember(admin, id, 'Ana', '+12065550101')
  const ben = await makeMember(admin, id, 'Ben', '+12065550102')
  for (const Body of ['One', 'Two']) {
    await textIn(db, { From: '+12065550101', To: group.lineAddress, Body })
  }
  await admin.call(groupEndpoints.removeMember, { id, memberId: ben.id })
  const activity = await admin.call(groupEndpoints.activity, { id }, { timeZone: zoneAtNoon() })

  expect(activity.days).toHaveLength(30)
  expect(activity.days.at(-1)).toMatchObject({ texts: 2, joined: 2, left: 1 })
  expect(activity.members).toMatchObject([{ contactId: ana.contactId, name: 'Ana', texts: 2 }])
  expect(activity.changes.map(({ name, kind }) => [name, kind])).toEqual([
    ['Ben', 'left'],
    ['Ben', 'joined'],
    ['Ana', 'joined'],
  ])
  const bad = await admin.try(groupEndpoints.activity, { id }, { timeZone: '+01:00; drop' })
  expect(bad.status).toBe(400)
})
