import { deadLetterEndpoints } from '@partyline/contracts/api/dead-letters'
import { systemEndpoints } from '@partyline/contracts/api/system'
import { insertInbox } from '@partyline/db/queries/inbox'
import { messages } from '@partyline/db/schema/messages'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { test } from '../integration/api/running-api.ts'
import { runLine } from '../support/run-line.ts'
import type { Stack } from '../support/stack.ts'

const line = '+15558675310'
const text = (n: number, params: Record<string, string>) => ({
  params: { MessageSid: `SM${String(n).padStart(32, '0')}`, To: line, ...params },
  receivedAt: new Date().toISOString(),
})
const bodies = async ({ db }: Stack) =>
  (await db.select().from(messages)).map((message) => message.body)

/** Whatever waits for its next try has it now. */
async function hurry({ db }: Stack) {
  await db.execute(sql`update inbox set next_at = now() where processed_at is null`)
}

test('T32: what cannot be taken in is a dead letter after ten tries, holds up nobody, and can be replayed', async ({
  stack,
  admin,
}) => {
  await stack.db.execute(sql`
    create function refuse() returns trigger language plpgsql as
      $$ begin raise exception 'no room for this'; end $$
  `)
  await stack.db.execute(sql`
    create trigger refuse before insert on messages for each row
      when (new.body = 'poison') execute function refuse()
  `)
  await using running = await runLine(stack)
  const poison = text(1, { From: '+14155550101', Body: 'poison' })
  const fromNobody = text(2, { Body: 'who am I' })
  const fine = text(3, { From: '+14155550102', Body: 'fine' })
  await insertInbox(stack.db, [poison, fromNobody, fine], 'fallback')
  await expect.poll(() => bodies(stack)).toEqual(['fine'])

  const dead = async () => {
    await hurry(stack)
    return (await admin.call(deadLetterEndpoints.list)).items
  }
  await expect.poll(dead, { timeout: 30_000 }).toEqual([
    expect.objectContaining({
      ...{ sid: fromNobody.params.MessageSid, from: null, to: '+•••5310', attempts: 10 },
      reason: 'The webhook lacks MessageSid, From or To.',
    }),
    expect.objectContaining({
      ...{ sid: poison.params.MessageSid, from: '+•••0101', attempts: 10 },
      reason: expect.stringMatching(/^The database refused it: no room for this/) as string,
    }),
  ])
  expect((await admin.call(systemEndpoints.get)).deadLetters).toBe(2)
  // The tenth attempt is counted when it begins, and told when it has failed.
  await expect
    .poll(() => stack.db.execute(sql`select 1 from events where type = 'system.changed'`))
    .toHaveLength(2)

  await stack.db.execute(sql`drop trigger refuse on messages`)
  const sid = poison.params.MessageSid
  await admin.call(deadLetterEndpoints.replay, { sid })

  await expect.poll(() => bodies(stack)).toEqual(['fine', 'poison'])
  expect((await admin.try(deadLetterEndpoints.replay, { sid })).status).toBe(404)
  expect((await admin.call(systemEndpoints.get)).deadLetters).toBe(1)
  expect(running).toBeDefined()
})
