import { randomUUID } from 'node:crypto'
import type { Db } from '@partyline/db/client'
import { listEvents } from '@partyline/db/feed/list-events'
import { findOrCreateContact, findOrCreateDirect } from '@partyline/db/queries/find-or-create'
import { createGroup } from '@partyline/db/queries/groups'
import { recordChanges } from '@partyline/db/queries/events'
import { postMessage } from '@partyline/db/queries/post-message'
import { feedHead } from '@partyline/db/queries/read-feed'
import { createSession } from '@partyline/db/queries/sessions'
import { createUser } from '@partyline/db/queries/users'
import { lines } from '@partyline/db/schema/lines'
import { expect } from 'vitest'

export interface SignedIn {
  id: string
  name: string
  token: string
}

let numbers = 0
/** Another one each time. */
export const aNumber = () => `+1555${String((numbers += 1)).padStart(7, '0')}`

export async function givenUser(db: Db, name: string): Promise<SignedIn> {
  const email = `${name.toLowerCase()}-${randomUUID()}@example.com`
  const user = await createUser(db, { email, name, role: 'agent', passwordHash: 'none' })
  if (!user) throw new Error('no user')
  const { token } = await createSession(db, { userId: user.id, userAgent: 'test' })
  return { id: user.id, name, token }
}

export const givenUsers = <Names extends string[]>(db: Db, ...names: Names) =>
  Promise.all(names.map((name) => givenUser(db, name))) as Promise<{
    [Each in keyof Names]: SignedIn
  }>

export async function givenLine(db: Db): Promise<string> {
  const address = aNumber()
  const [line] = await db
    .insert(lines)
    .values({ address, name: address, channel: 'sms', mode: 'inbox' })
    .returning()
  if (!line) throw new Error('no line')
  await recordChanges(db, [{ type: 'line.changed', subjectId: line.id }])
  return line.id
}

export async function givenGroup(db: Db): Promise<string> {
  return createGroup(db, { name: 'Conference', lineId: await givenLine(db) })
}

/** A direct conversation; with an owner, theirs alone. */
export async function givenDirect(
  db: Db,
  lineId: string,
  ownerId?: string,
): Promise<{ id: string; contactId: string }> {
  return db.transaction(async (tx) => {
    const address = aNumber()
    const { contactId } = await findOrCreateContact(tx, { address, ownerId })
    const { conversationId: id } = await findOrCreateDirect(tx, {
      lineId,
      address,
      contactId,
      ownerId,
      visibility: ownerId ? 'private' : 'shared',
    })
    await recordChanges(tx, [
      { type: 'contact.changed', subjectId: contactId },
      { type: 'conversation.changed', subjectId: id, conversationId: id },
    ])
    return { id, contactId }
  })
}

/** A text from outside. Returns the message's id. */
export async function givenText(db: Db, conversationId: string, body = 'hi'): Promise<string> {
  const { message } = await db.transaction((tx) =>
    postMessage(tx, {
      conversationId,
      kind: 'text',
      direction: 'inbound',
      author: { kind: 'contact', id: null, name: 'Ann', address: '+15550000000' },
      body,
    }),
  )
  return message.id
}

/** The head once nothing is held back any more by other tests' transactions on the same server. */
export async function settledHead(db: Db): Promise<string> {
  await expect
    .poll(async () => (await listEvents(db, await feedHead(db), 1)).heldBack, { interval: 1 })
    .toBe(false)
  return feedHead(db)
}
