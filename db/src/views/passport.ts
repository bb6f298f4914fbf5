import type { Passport, PassportStep } from '@partyline/contracts/api/thread'
import { explainTwilioError } from '@partyline/contracts/twilio-errors'
import type { Db } from '../client.ts'
import { findDeliveryTimes, findMessageTimes } from '../queries/passport.ts'
import { viewDeliveries } from './delivery.ts'

/** Whoever may see the message may see it. Undefined when there is no such message or delivery. */
export async function viewPassport(
  db: Db,
  { messageId, deliveryId }: { messageId: string; deliveryId?: string | undefined },
): Promise<Passport | undefined> {
  const message = await findMessageTimes(db, messageId)
  if (!message) return undefined
  const steps = stepsOfMessage(message)
  if (deliveryId === undefined && message.totalCount !== 1) {
    return { messageId, steps, delivery: null }
  }
  const times = await findDeliveryTimes(db, { messageId, deliveryId })
  const view = times && (await viewDeliveries(db, [times.delivery.id])).get(times.delivery.id)
  return view && { messageId, steps, delivery: { ...view, steps: stepsOfDelivery(times) } }
}

type MessageTimes = NonNullable<Awaited<ReturnType<typeof findMessageTimes>>>

function stepsOfMessage(message: MessageTimes): PassportStep[] {
  const { twilioSid, source, receivedAt, storedAt, tries, writtenAt, seq } = message
  const inbound: PassportStep[] =
    twilioSid && source && receivedAt && storedAt
      ? [
          { kind: 'received', at: iso(receivedAt), twilioSid, source },
          { kind: 'stored', at: iso(storedAt), tries: tries ?? 0 },
        ]
      : []
  return [...inbound, { kind: 'written', at: iso(writtenAt), seq }]
}

type DeliveryTimes = NonNullable<Awaited<ReturnType<typeof findDeliveryTimes>>>

function stepsOfDelivery({ delivery, attempts, statuses }: DeliveryTimes): PassportStep[] {
  const steps = [
    ...attempts.flatMap(({ attempt, claimedAt, at, outcome, twilioSid, errorCode }) => [
      ...(claimedAt ? [{ kind: 'claimed', at: iso(claimedAt), attempt } as const] : []),
      {
        kind: 'asked',
        at: iso(at),
        attempt,
        outcome,
        twilioSid,
        error: explain(errorCode),
      } as const,
    ]),
    ...statuses.map(({ messageSid, source, status, receivedAt, appliedAt, errorCode }) => {
      const applied = appliedAt && iso(appliedAt)
      const facts = { source, status, twilioSid: messageSid, error: explain(errorCode) }
      return { kind: 'status', at: iso(receivedAt), appliedAt: applied, ...facts } as const
    }),
  ]
  const { attemptAt, attempt } = delivery
  // What was taken and is not answered yet has no outcome.
  const asking = attemptAt && !attempts.some((tried) => tried.attempt === attempt)
  if (asking && delivery.state !== 'queued') {
    steps.push({ kind: 'claimed', at: iso(attemptAt), attempt })
  }
  const addressed = { kind: 'addressed', at: iso(delivery.createdAt), deliveryId: delivery.id }
  // A callback may be faster than the answer that it follows.
  return [addressed as PassportStep, ...steps.sort((a, b) => a.at.localeCompare(b.at))]
}

const iso = (at: Date) => at.toISOString()

function explain(code: number | null) {
  if (code === null) return null
  const { reason, advice } = explainTwilioError(code)
  return { code, reason, advice }
}
