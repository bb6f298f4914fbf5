import { noLimits, type SendLimits } from '@partyline/contracts/send-limits'
import type { Db } from '@partyline/db/client'
import { claimDeliveries } from '@partyline/db/queries/claim-deliveries'
import { deliveries } from '@partyline/db/schema/deliveries'
import { lines } from '@partyline/db/schema/lines'
import { messages } from '@partyline/db/schema/messages'
import { sql } from 'drizzle-orm'
import { textIn } from '../../support/text-in.ts'

/** What a hub passes on as a rule. */
export const usual: SendLimits = { ...noLimits, relaysPerMinute: 30, sameRelays: 5 }

interface Text {
  from: string
  to: string
  body: string
  at?: Date
}

export const take = (db: Db, { from, to, body, at }: Text) =>
  textIn(db, { From: from, To: to, Body: body }, { limits: usual, ...(at && { at }) })

/** What the lines of a hub send now, as phones get it. */
export async function textsOut(db: Db): Promise<Text[]> {
  const wanted = { limit: 100, segments: 1_000, leaseMs: 1_000 }
  const all = await db.select().from(lines)
  const sent: Text[] = []
  for (const { id: lineId } of all) {
    const { claims } = await claimDeliveries(db, { lineId, ...wanted })
    sent.push(...claims.map(({ from, to, body }) => ({ from, to, body })))
    await db
      .update(deliveries)
      .set({ state: 'accepted' })
      .where(sql`state = 'sending'`)
  }
  return sent
}

/** Carries texts between hubs and machines until nobody says anything more; how many it carried. */
export async function carry(hubs: Record<string, Db>, machines: Record<string, string> = {}) {
  let carried = 0
  for (let round = 0; round < 100; round += 1) {
    const texts: Text[] = []
    for (const db of new Set(Object.values(hubs))) texts.push(...(await textsOut(db)))
    const answers = texts.flatMap(({ from, to }) => {
      const body = machines[to]
      return body === undefined ? [] : [{ from: to, to: from, body }]
    })
    const arriving = [...texts, ...answers].filter(({ to }) => to in hubs)
    if (arriving.length === 0) return carried
    carried += arriving.length
    for (const text of arriving) await take(hubs[text.to] as Db, text)
  }
  return Infinity
}

/** Why each text of a hub was not passed on, oldest first. */
export const held = async (db: Db) =>
  (await db.select().from(messages).orderBy(messages.id)).map(({ heldBecause }) => heldBecause)
