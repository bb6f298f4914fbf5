import { DatabaseSync } from 'node:sqlite'
import type { Db } from '@partyline/db/client'
import { sql } from 'drizzle-orm'
import type { Text } from './loader.ts'
import { readWorkLeft } from './work-left.ts'

/** All of these are zero, or the run failed. */
export const figureNames = [
  'LOST_IN',
  'DUP_IN',
  'LOST_OUT',
  'DUP_OUT',
  'INVERSIONS',
  'STUCK',
] as const
export type Figures = Record<(typeof figureNames)[number], number>

/** A text that was created at the simulator, in the order of creation. */
export interface Created {
  sid: string
  delivery: string
  sender: string
  recipient: string
  body: string
  /** In ms since 1970. */
  createdAt: number
}

type DeliveryRow = {
  id: string
  message_id: string
  sid: string | null
  twilio_sid: string | null
  conversation_id: string
  address: string
  part: number
  seq: number
  state: string
}

/** What the judge looks at. */
export interface Judged {
  db: Db
  /** The simulator's own file: what was really created, in its order. */
  simulatorFile: string
}

/** Everything that was texted. */
export interface Texted {
  texts: Text[]
}

/** Compares what members sent, what the hub knows, and what was really created. */
export async function judge(hub: Judged, loader: Texted): Promise<Figures> {
  const all = readCreated(hub.simulatorFile)
  const deliveries = await readDeliveries(hub)
  const created = attribute(all, deliveries)
  const inbound = await readInboundSids(hub)
  const acknowledged = loader.texts.filter((text) => text.acknowledged)
  const known = new Set(inbound)
  const left = await readWorkLeft(hub, loader)
  return {
    LOST_IN: acknowledged.filter((text) => !known.has(text.sid)).length,
    DUP_IN: inbound.length - loader.texts.filter((text) => known.has(text.sid)).length,
    LOST_OUT: countLost(loader, deliveries, created),
    DUP_OUT: countDoubles(deliveries, created),
    INVERSIONS: countInversions(deliveries, all),
    STUCK: left.unsettled + Math.max(0, left.notTaken) + left.callbacks,
  }
}

export function readCreated(file: string): Created[] {
  const simulator = new DatabaseSync(file, { readOnly: true })
  try {
    return simulator
      .prepare(
        `select sid, delivery, sender, recipient, body, created_at as createdAt from messages
         where delivery is not null and direction = 'outbound-api' order by seq`,
      )
      .all() as unknown as Created[]
  } finally {
    simulator.close()
  }
}

/**
 * After an old database was put back, what was created for a delivery that it does not know is that of the
 * delivery which was found to be it. Its order was another database's.
 */
function attribute(created: Created[], deliveries: DeliveryRow[]): Created[] {
  const known = new Set(deliveries.map(({ id }) => id))
  const bySid = new Map(deliveries.map(({ twilio_sid: sid, id }) => [sid, id]))
  return created.map((each) =>
    known.has(each.delivery) ? each : { ...each, delivery: bySid.get(each.sid) ?? each.delivery },
  )
}

async function readDeliveries({ db }: Judged): Promise<DeliveryRow[]> {
  return db.execute<DeliveryRow>(sql`
    select deliveries.id, deliveries.message_id, messages.twilio_sid as sid, deliveries.twilio_sid, deliveries.conversation_id, deliveries.address,
      deliveries.part, deliveries.seq::int as seq, deliveries.state
    from deliveries join messages on messages.id = deliveries.message_id
  `)
}

async function readInboundSids({ db }: Judged): Promise<string[]> {
  const rows = await db.execute<{ sid: string }>(
    sql`select twilio_sid as sid from messages where direction = 'inbound'`,
  )
  return rows.map((row) => row.sid)
}

/** Not created, though nobody decided so. */
const decided = new Set(['failed', 'cancelled', 'review'])

function countLost(loader: Texted, deliveries: DeliveryRow[], created: Created[]): number {
  const made = new Set(created.map(({ delivery }) => delivery))
  const fine = new Set(
    deliveries
      .filter(({ id, state }) => made.has(id) || decided.has(state))
      .map(({ sid, address }) => `${sid ?? ''} ${address}`),
  )
  return loader.texts
    .filter((text) => text.acknowledged && !isKeyword(text.body))
    .flatMap(({ sid, from, group }) =>
      group.members.filter((member) => member !== from).map((member) => `${sid} ${member}`),
    )
    .filter((expected) => !fine.has(expected)).length
}

/** STOP and START go to nobody. */
const isKeyword = (body: string) => body === 'STOP' || body === 'START'

/** By delivery, and by what a person sees: one part of one message on one phone. */
function countDoubles(deliveries: DeliveryRow[], created: Created[]): number {
  const seen = new Map(
    deliveries.map((row) => [row.id, `${row.message_id} ${row.address} ${row.part}`]),
  )
  const once = new Set(created.map(({ delivery }) => seen.get(delivery) ?? delivery))
  return created.length - once.size
}

/** Per phone and conversation, texts created after one that comes later in the conversation. */
function countInversions(deliveries: DeliveryRow[], created: Created[]): number {
  const byId = new Map(deliveries.map((delivery) => [delivery.id, delivery]))
  const latest = new Map<string, number>()
  let inversions = 0
  for (const { delivery } of created) {
    const row = byId.get(delivery)
    if (!row) continue
    const lane = `${row.conversation_id} ${row.address}`
    const place = row.seq * 100 + row.part
    if (place < (latest.get(lane) ?? 0)) inversions += 1
    latest.set(lane, Math.max(place, latest.get(lane) ?? 0))
  }
  return inversions
}
