import { asc, eq, isNotNull, lt, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { takenBy, webhookProblems } from '@partyline/contracts/number-webhooks'
import { formatAddress } from '@partyline/contracts/phone'
import type { Db } from '../client.ts'
import { accountLooks, accountNumbers } from '../schema/account.ts'
import { lines } from '../schema/lines.ts'
import { toFound } from '../views/account-number.ts'

/** A line whose texts do not come here, and why. */
export interface UnreachedLine {
  lineId: string
  displayAddress: string
  /** Null when the account has no such number. */
  sid: string | null
  takenBy: string | null
  sentence: string
}

/**
 * What is known of it: only phone numbers and Messaging Services can be looked up, and a line that was
 * made since the last look is given the benefit of the doubt.
 */
export async function listUnreachedLines(db: Db, publicUrl: string): Promise<UnreachedLine[]> {
  const services = alias(accountNumbers, 'services')
  const rows = await db
    .select({ line: lines, number: accountNumbers, service: services })
    .from(lines)
    .innerJoin(
      accountLooks,
      sql`${accountLooks.name} = 'twilio' and ${accountLooks.lookedAt} is not null`,
    )
    .leftJoin(accountNumbers, eq(accountNumbers.address, lines.address))
    .leftJoin(services, eq(services.sid, accountNumbers.serviceSid))
    .where(
      sql`${lines.channel} = 'sms' and ${or(isNotNull(accountNumbers.sid), lt(lines.createdAt, accountLooks.lookedAt))}`,
    )
    .orderBy(asc(lines.createdAt), asc(lines.id))
  return rows.flatMap(({ line, number, service }): UnreachedLine[] => {
    const about = { lineId: line.id, displayAddress: formatAddress(line.address) }
    if (!number) {
      const sentence = 'The Twilio account has no such number.'
      return [{ ...about, sid: null, takenBy: null, sentence }]
    }
    const found = toFound({ number, service })
    // What is being set, and goes well, is no news.
    if (!found || (number.state === 'connecting' && number.problem === null)) return []
    const lost = webhookProblems(found, publicUrl).find(({ effect }) => effect === 'lost')
    if (!lost) return []
    const { sid } = number
    return [{ ...about, sid, takenBy: takenBy(found, publicUrl), sentence: lost.sentence }]
  })
}
