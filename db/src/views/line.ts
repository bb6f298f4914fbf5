import { inArray } from 'drizzle-orm'
import type { Line } from '@partyline/contracts/api/lines'
import { formatAddress } from '@partyline/contracts/phone'
import { explainTwilioError } from '@partyline/contracts/twilio-errors'
import type { Db } from '../client.ts'
import { lines, type LineRow } from '../schema/lines.ts'

export async function viewLines(db: Db, ids: string[]): Promise<Map<string, Line>> {
  if (ids.length === 0) return new Map()
  const rows = await db.select().from(lines).where(inArray(lines.id, ids))
  return new Map(rows.map((row) => [row.id, toLine(row)]))
}

function toLine(row: LineRow): Line {
  return {
    id: row.id,
    address: row.address,
    displayAddress: formatAddress(row.address),
    channel: row.channel,
    name: row.name,
    mode: row.mode,
    autoReply: row.autoReply,
    hours: row.hours,
    awayReply: row.awayReply,
    segmentsPerSecond: row.segmentsPerSecond,
    pausedAt: row.pausedAt?.toISOString() ?? null,
    pausedFor: row.pausedFor === null ? null : explained(row.pausedFor),
    createdAt: row.createdAt.toISOString(),
  }
}

function explained(code: number) {
  const { reason, advice } = explainTwilioError(code)
  return { code, reason, advice }
}
