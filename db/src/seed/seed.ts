import { sql } from 'drizzle-orm'
import { connectPostgres, createDb, type Db } from '../client.ts'
import { withoutLimits } from '../time-limits.ts'
import { giveLines, seedConversations, seedMembers } from './conversations.ts'
import { seedDeliveries } from './deliveries.ts'
import { createDraw } from './draw.ts'
import { seedExtras } from './extras.ts'
import { seedMessages } from './messages.ts'
import { seedContacts, seedLines, seedStaff } from './people.ts'
import { planConversations } from './plan.ts'
import type { Size } from './size.ts'
import { withoutIndexes } from './without-indexes.ts'

/**
 * An office with a history, made by Postgres itself in one transaction: the same each time, but for the
 * clock. Once a database, and as a superuser: what triggers and foreign keys would look at is known to be right.
 */
export async function seed(url: string, size: Size, say: (step: string) => void): Promise<void> {
  const pool = connectPostgres(url, { name: 'seed', max: 1 })
  try {
    const db = createDb(pool)
    await db.transaction(async (tx) => {
      await prepare(tx)
      for (const [name, step] of Object.entries(steps)) {
        say(name)
        await step(tx, size)
      }
    })
    say('looking at what there is')
    await db.execute(sql`set statement_timeout = 0`)
    await db.execute(
      sql`vacuum (analyze) messages, deliveries, conversations, contacts, addresses, members, conversation_labels`,
    )
  } finally {
    await pool.end({ timeout: 5 })
  }
}

async function prepare(tx: Db): Promise<void> {
  await withoutLimits(tx)
  await tx.execute(sql`set local session_replication_role = replica`)
  await tx.execute(sql`set local work_mem = '256MB'`)
  await tx.execute(sql`set local maintenance_work_mem = '512MB'`)
  await createDraw(tx)
}

const steps: Record<string, (tx: Db, size: Size) => Promise<void>> = {
  people: async (tx, size) => {
    await seedStaff(tx)
    await seedLines(tx, size)
    await seedContacts(tx, size)
  },
  conversations: async (tx, size) => {
    await planConversations(tx, size)
    await giveLines(tx)
    await seedMembers(tx)
  },
  messages: (tx, size) => inBulk(tx, 'messages', size, () => seedMessages(tx, size)),
  deliveries: (tx, size) => inBulk(tx, 'deliveries', size, () => seedDeliveries(tx, size)),
  'last messages': seedConversations,
  labels: seedExtras,
  // The past has changed: a dispatcher counts it up anew.
  statistics: async (tx) => {
    await tx.execute(sql`delete from countings`)
  },
}

/** So many that nobody works on this database meanwhile; else whoever does would be kept waiting. */
const bulk = 1_000_000

async function inBulk(
  tx: Db,
  table: 'messages' | 'deliveries',
  { messages }: Size,
  write: () => Promise<void>,
): Promise<void> {
  await (messages < bulk ? write() : withoutIndexes(tx, table, write))
}
