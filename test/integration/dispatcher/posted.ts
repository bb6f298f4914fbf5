import type { Db } from '@partyline/db/client'
import { deliveries } from '@partyline/db/schema/deliveries'
import { messages } from '@partyline/db/schema/messages'
import { asc } from 'drizzle-orm'

export const allMessages = (db: Db) => db.select().from(messages).orderBy(asc(messages.id))

export const recipients = async (db: Db) =>
  (await db.select().from(deliveries)).map((delivery) => delivery.address).toSorted()
