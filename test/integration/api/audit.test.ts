import { type AuditAction, auditEndpoints } from '@partyline/contracts/api/audit'
import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { lineEndpoints } from '@partyline/contracts/api/lines'
import { tokenEndpoints } from '@partyline/contracts/api/session'
import { lines } from '@partyline/db/schema/lines'
import { sessions } from '@partyline/db/schema/users'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import type { z } from 'zod'
import { auditRows } from './audit-rows.ts'
import { makeGroup, makeLine, makeMember, test } from './running-api.ts'

type Page = z.output<(typeof auditEndpoints)['list']['reply']>

const reasonOf = ({ cause }: { cause: Error }) => cause.message

test('S45: what cannot be written down is not done', async ({ stack: { db }, admin, nobody }) => {
  const line = await makeLine(admin)
  await db.execute(sql`
    create function refuse() returns trigger language plpgsql as
      $$ begin raise exception 'no room for this'; end $$
  `)
  await db.execute(
    sql`create trigger refuse before insert on audit for each row execute function refuse()`,
  )
  const count = await db.$count(sessions)

  const answers = [
    await admin.try(lineEndpoints.change, { id: line.id }, { name: 'Other' }),
    await nobody().signIn('ana@example.com'),
  ]

  expect(answers.map(({ status }) => status)).toEqual([500, 500])
  expect(await db.select({ name: lines.name }).from(lines)).toEqual([{ name: 'Main' }])
  expect(await db.$count(sessions)).toBe(count)
})

test('S45: what is written down can be neither changed nor removed, by nobody', async ({
  stack: { db },
  admin,
}) => {
  await admin.call(tokenEndpoints.create, {}, { name: 'Script' })
  const before = await auditRows(db)

  const attempts = [
    sql`update audit set ip = '203.0.113.9'`,
    sql`update audit set action = action where false`,
    sql`delete from audit`,
    sql`truncate audit`,
    sql`delete from users`,
  ].map((statement) => db.execute(statement).then(() => 'done', reasonOf))

  expect(await Promise.all(attempts)).toEqual([
    ...['UPDATE', 'UPDATE', 'DELETE', 'TRUNCATE'].map(
      (what) => `audit is append-only: ${what} is refused`,
    ),
    'done',
  ])
  expect(await auditRows(db)).toEqual(before)
})

test('S45: administrators read it newest first, in pages, by user and by action', async ({
  stack: { db },
  admin,
  ana,
  users,
}) => {
  for (let n = 0; n < 7; n += 1) await ana.call(tokenEndpoints.create, {}, { name: `Script ${n}` })
  const all = (await auditRows(db)).toReversed()
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const query: object = { limit: 3, ...(cursor && { cursor }) }
    const reply: Page = await admin.call(auditEndpoints.list, {}, query)
    expect(reply.items.length).toBeLessThanOrEqual(3)
    seen.push(...reply.items.map(({ id }) => id))
    cursor = reply.nextCursor ?? undefined
  } while (cursor !== undefined)

  expect(seen).toEqual(all.map(({ id }) => id))
  const list = async (query: { userId?: string; action?: AuditAction }) =>
    (await admin.call(auditEndpoints.list, {}, query)).items
  const made = await list({ userId: users.ana, action: 'token.created' })
  expect(made).toHaveLength(7)
  expect(made[0]).toMatchObject({ user: { id: users.ana, name: 'Ana' }, ip: ana.ip })
  expect(await list({ userId: users.admin, action: 'token.created' })).toEqual([])
  expect(await list({ userId: users.ben })).toEqual([])
  expect((await admin.try(auditEndpoints.list, {}, { action: 'made up' })).status).toBe(400)
  expect((await admin.try(auditEndpoints.list, {}, { cursor: 'x' })).status).toBe(400)
  expect((await ana.try(auditEndpoints.list)).status).toBe(403)
})

test('S45: the log says who and what each action was about by name, and of a line only what differs', async ({
  admin,
}) => {
  const group = await makeGroup(admin)
  const member = await makeMember(admin, group.id, 'Ben', '+14155550102')
  const { lineId } = group
  const { name, autoReply } = await admin.call(
    lineEndpoints.change,
    { id: lineId },
    { name: 'Other' },
  )
  await admin.call(lineEndpoints.change, { id: lineId }, { name, autoReply })
  const list = async () => (await admin.call(auditEndpoints.list)).items
  const [changed, added] = await list()
  expect(changed).toMatchObject({
    details: { changed: ['name'] },
    names: { [lineId]: 'Other' },
  })
  expect(added?.names).toEqual({ [member.id]: 'Ben', [group.id]: group.name })

  await admin.call(conversationEndpoints.remove, { id: group.id })
  expect((await list()).find(({ id }) => id === added?.id)?.names).toEqual({})
})
