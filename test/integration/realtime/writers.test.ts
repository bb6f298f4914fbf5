import type { Db } from '@partyline/db/client'
import { recordChanges } from '@partyline/db/queries/events'
import { postMessage } from '@partyline/db/queries/post-message'
import { readFeed } from '@partyline/db/queries/read-feed'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { test } from '../../support/stack.ts'
import { givenDirect, givenLine, givenUser, settledHead } from './given.ts'

async function write(tx: Db, conversationId: string, body: string): Promise<string> {
  const { message } = await postMessage(tx, {
    conversationId,
    kind: 'text',
    direction: 'inbound',
    author: { kind: 'contact', id: null, name: 'Ann', address: '+15550000000' },
    body,
  })
  return message.id
}

test('while one text is still being written, others on the same line are written and committed', async ({
  stack,
}) => {
  const { db } = stack
  const ann = await givenUser(db, 'Ann')
  const line = await givenLine(db)
  const [slow, quick] = [await givenDirect(db, line), await givenDirect(db, line)]
  const after = await settledHead(db)
  const written = Promise.withResolvers<string>()
  const othersAreDone = Promise.withResolvers<undefined>()
  const slowly = db.transaction(async (tx) => {
    written.resolve(await write(tx, slow.id, 'slow'))
    await recordChanges(tx, [{ type: 'line.changed', subjectId: line }])
    await othersAreDone.promise
  })
  const first = await written.promise

  const others = await db.transaction(async (tx) => {
    // Whoever waits for a row of the slow one fails here.
    await tx.execute(sql`set local lock_timeout = '1s'`)
    await recordChanges(tx, [{ type: 'line.changed', subjectId: line }])
    return [await write(tx, quick.id, 'quick 1'), await write(tx, quick.id, 'quick 2')]
  })
  othersAreDone.resolve(undefined)
  await slowly

  const created = async () => {
    const { items } = await readFeed(db, { after, limit: 100, userId: ann.id })
    return items.flatMap((item) => (item.type === 'message.created' ? [item.message.id] : []))
  }
  await expect.poll(created).toEqual([first, ...others])
})
