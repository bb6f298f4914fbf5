import { insertInbox, setInboxError } from '@partyline/db/queries/inbox'
import { inbox } from '@partyline/db/schema/inbox'
import { expect } from 'vitest'
import { test } from '../../support/stack.ts'
import { textParams } from '../../support/webhook.ts'

test('T32: the try right after a text was kept is one of its ten', async ({ stack: { db } }) => {
  const receivedAt = new Date().toISOString()
  const [sid = ''] = await insertInbox(db, [{ params: textParams(), receivedAt }], 'webhook')
  const failed = { reason: 'no room', counted: false }

  expect(await setInboxError(db, sid, failed)).toBe(false)
  expect(await db.select().from(inbox)).toMatchObject([{ attempts: 1, lastError: 'no room' }])
  await db.update(inbox).set({ attempts: 10 })
  expect(await setInboxError(db, sid, { ...failed, counted: true })).toBe(true)
})
