import type { Db } from '@partyline/db/client'
import { lines } from '@partyline/db/schema/lines'
import { eq } from 'drizzle-orm'
import { givenDirect, givenGroup } from '../../support/given.ts'
import type { Group } from '../groups.ts'
import type { Hub } from '../hub.ts'
import { latenciesOf, p95Of } from '../latency.ts'
import type { Text } from '../loader.ts'
import { overRate } from '../over-rate.ts'
import { quantile } from '../quantile.ts'
import { Replies } from '../replies.ts'
import type { Scenario } from '../scenario.ts'
import { until } from '../until.ts'

const smallest = 4
/** Each on a line of its own; the slow ones have more members than go at once. */
const plan = [
  { size: 500, perSecond: 100 },
  { size: 200, perSecond: 40 },
  { size: 60, perSecond: 5 },
  { size: 35, perSecond: 1 },
  { size: smallest, perSecond: 100 },
]
const quietMs = 8_000
const patienceMs = 60_000
/** What a text may take on a busy machine, fan-outs or not. */
const promptMs = 1_000

export const t26: Scenario = {
  id: 'T26',
  title:
    'a text to 500 and three more at once: lines keep their rates, small groups and replies wait for none',
  seconds: 28,
  measures: true,
  apis: 1,
  textsPerSecond: 0,
  groups: seedPlan,
  async faults(chaos) {
    const { hub, loader, every, wait, problems, measured } = chaos
    const replies = await Replies.open(hub)
    const direct = await openDirects(hub)
    const [small, ...big] = hub.groups.toReversed() as [Group, ...Group[]]
    let turn = 0
    const chat = every(200, () => loader.text(small, small.members[turn++ % smallest] ?? ''))
    const answer = every(400, () => replies.say(direct[turn++ % direct.length] ?? ''))
    await wait(quietMs)
    const busySince = Date.now()
    for (const group of big) loader.text(group, group.members[0] ?? '', `to all ${group.name}`)
    await Promise.all([chat, answer])
    await replies.finish()
    const isSmall = ({ group }: Text) => group === small
    const due = (loader.texts.length - big.length) * (smallest - 1)
    // Late at most, never lost.
    await until(patienceMs, () => latenciesOf(hub, loader, isSmall).length === due)
    const p95 = (wanted: (text: Text) => boolean) =>
      p95Of(hub, loader, (text) => isSmall(text) && wanted(text))
    measured['usualP95Ms'] = p95(({ at }) => at < busySince)
    measured['busyP95Ms'] = p95(({ at }) => at >= busySince)
    measured['replyP95Ms'] = quantile(replies.latencies(), 0.95)
    problems.push(...sayIfSlow(measured))
  },
  also: async (hub) =>
    hub.groups.flatMap((group, index) => overRate(hub, group, plan[index]?.perSecond ?? null)),
}

async function seedPlan(db: Db): Promise<Group[]> {
  const groups: Group[] = []
  for (const [index, { size, perSecond }] of plan.entries()) {
    const address = `+1555867${String(1000 + index)}`
    const members = Array.from(
      { length: size },
      (_, place) => `+1415${5_550_000 + index * 1_000 + place}`,
    )
    const names = Object.fromEntries(members.map((member) => [member, `M${member.slice(-3)}`]))
    const { conversationId, line } = await givenGroup(db, { address, members: names })
    await db.update(lines).set({ segmentsPerSecond: perSecond }).where(eq(lines.id, line.id))
    groups.push({ name: `Group of ${size}`, address, members, conversationId })
  }
  return groups
}

/** One person on each line that is fast enough to answer at once, who is in no group. */
async function openDirects({ db }: Hub): Promise<string[]> {
  const rows = await db.select().from(lines)
  const fast = rows.filter((line) => (line.segmentsPerSecond ?? 0) > 10)
  const opened = fast.map((line, index) =>
    givenDirect(db, { lineId: line.id, address: `+1415557000${index}` }),
  )
  return (await Promise.all(opened)).map(({ conversationId }) => conversationId)
}

function sayIfSlow(measured: Record<string, number>): string[] {
  const { usualP95Ms = 0, busyP95Ms = Infinity, replyP95Ms = Infinity } = measured
  const allowed = Math.max(promptMs, 2 * usualP95Ms)
  return [
    ...(busyP95Ms > allowed ? [`the small group waited ${busyP95Ms} ms (p95)`] : []),
    ...(replyP95Ms > allowed ? [`replies waited ${replyP95Ms} ms (p95)`] : []),
  ]
}
