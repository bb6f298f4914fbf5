import type { Db } from '@partyline/db/client'
import { type Claim, claimDeliveries } from '@partyline/db/queries/claim-deliveries'
import { expireClaims, recordResults, type Result } from '@partyline/db/queries/record-results'
import { bindUnknown, requeueUnknown, setReview } from '@partyline/db/queries/settle-unknown'
import { deliveries } from '@partyline/db/schema/deliveries'
import { eq, sql } from 'drizzle-orm'
import fc from 'fast-check'
import { expect } from 'vitest'
import { givenGroup } from '../../support/given.ts'
import { say } from '../../support/say.ts'
import { test } from '../../support/stack.ts'
import { freshSid } from '../../support/webhook.ts'

const fates = ['accepted', 'failed', 'busy', 'unclear', 'crash'] as const
const endings = ['found', 'absent', 'review'] as const
const world = fc.record({
  people: fc.integer({ min: 1, max: 3 }),
  texts: fc.integer({ min: 2, max: 5 }),
  claimers: fc.integer({ min: 2, max: 4 }),
  limit: fc.integer({ min: 1, max: 4 }),
  /** What becomes of the claims, in the order in which they are made, and of those that are unclear. */
  fates: fc.array(fc.constantFrom(...fates), { minLength: 1, maxLength: 20 }),
  endings: fc.array(fc.constantFrom(...endings), { minLength: 1, maxLength: 10 }),
})

/** The given things one after the other; when they are used up, always the last word. */
function draw<Item>(items: Item[], lastWord: Item): () => Item {
  const left = items.values()
  return () => left.next().value ?? lastWord
}

function resultOf({ id, attempt }: Claim, fate: (typeof fates)[number]): Result | undefined {
  const claim = { id, attempt }
  switch (fate) {
    case 'accepted':
      return {
        ...{ ...claim, state: 'accepted', twilioSid: freshSid() },
        ...{ status: 'queued', errorCode: null },
      }
    case 'failed':
      return { ...claim, state: 'failed', errorCode: 21211 }
    case 'busy':
      return { ...claim, state: 'queued', retryInMs: 0, errorCode: 20429 }
    case 'unclear':
      return { ...claim, state: 'unknown', lookInMs: 0 }
    case 'crash':
      return undefined
  }
}

let lines = 0
const freshAddress = () => `+1555867${String((lines += 1)).padStart(4, '0')}`

async function givenWorld(db: Db, { people, texts }: { people: number; texts: number }) {
  const names = Array.from({ length: people }, (_, index) => [`+1415555010${index}`, `P${index}`])
  const members = Object.fromEntries(names) as Record<string, string>
  const { line, conversationId } = await givenGroup(db, { address: freshAddress(), members })
  for (let index = 0; index < texts; index += 1) {
    await say(db, conversationId, String(index))
  }
  return line
}

async function endUnclear(db: Db, ending: (typeof endings)[number]): Promise<void> {
  await expireClaims(db)
  const [unclear] = await db.select().from(deliveries).where(eq(deliveries.state, 'unknown'))
  if (!unclear) return
  if (ending === 'absent') await requeueUnknown(db, [unclear])
  if (ending === 'review') await setReview(db, [{ ...unclear, cause: 'unsettled' }])
  if (ending === 'found') {
    await bindUnknown(db, [{ ...unclear, sid: freshSid(), status: 'sent', errorCode: null }])
  }
}

test('however many claim, and whatever becomes of their claims, each recipient is texted in order and one at a time', async ({
  stack: { db, sendingDb },
}) => {
  const crowded = async () =>
    db.execute(sql`
      select line_id, address from deliveries where state in ('sending', 'unknown')
      group by line_id, address having count(*) > 1
    `)
  const unsettled = () => db.$count(deliveries, sql`state in ('queued', 'sending', 'unknown')`)

  await fc.assert(
    fc.asyncProperty(world, async (given) => {
      const { id: lineId } = await givenWorld(db, given)
      const nextFate = draw(given.fates, 'accepted')
      const nextEnding = draw(given.endings, 'found')
      const sent: { to: string; text: number }[] = []
      const claimOnce = async () => {
        const wanted = { lineId, limit: given.limit, segments: 100, leaseMs: 45_000 }
        const { claims } = await claimDeliveries(sendingDb, wanted)
        sent.push(...claims.map(({ to, body }) => ({ to, text: Number(body.split(' ')[1]) })))
        expect(await crowded()).toEqual([])
        const results = claims.map((claim) => resultOf(claim, nextFate()))
        const crashed = claims.filter((_, index) => results[index] === undefined)
        for (const { id, attempt } of crashed) {
          await db.execute(sql`
            update deliveries set lease_until = now() - interval '1 second'
            where id = ${id} and attempt = ${attempt}
          `)
        }
        await recordResults(
          sendingDb,
          results.filter((result) => result !== undefined),
        )
        await endUnclear(db, nextEnding())
      }
      while ((await unsettled()) > 0) {
        await Promise.all(Array.from({ length: given.claimers }, claimOnce))
      }

      for (const address of new Set(sent.map(({ to }) => to))) {
        const texts = sent.filter(({ to }) => to === address).map(({ text }) => text)
        expect(texts).toEqual(texts.toSorted((a, b) => a - b))
        expect(new Set(texts).size).toBe(given.texts)
      }
    }),
    { numRuns: 10 },
  )
})
