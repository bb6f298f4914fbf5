import { sql } from 'drizzle-orm'
import { AppError } from '@partyline/contracts/errors'
import type { SendLimits } from '@partyline/contracts/send-limits'
import type { Db } from '../client.ts'

/** Further back nobody looks: a text that old is no slip. */
const lookBack = 200

/** Whether the same text went to many from here a moment ago. The conversation must be locked. */
export async function isRepeat(
  tx: Db,
  { id, lastSeq }: { id: string; lastSeq: number },
  body: string,
  { recipients, minutes }: SendLimits['repeat'],
): Promise<boolean> {
  if (body === '' || recipients === Infinity) return false
  const [row] = await tx.execute<{ found: boolean }>(sql`
    select exists (
      select from messages
      where conversation_id = ${id} and seq > ${lastSeq - lookBack}
        and direction = 'outbound' and kind = 'text' and body = ${body}
        and total_count >= ${recipients} and created_at > now() - ${minutes} * interval '1 minute'
    ) as found
  `)
  return row?.found ?? false
}

export function repeatUnconfirmed({ minutes }: SendLimits['repeat']): AppError {
  return new AppError(
    'repeat_unconfirmed',
    `The same text went to everybody here within the last ${minutes} minutes. Send it once more if they are to get it again; a script confirms that with "confirm": true.`,
  )
}
