import type { Line } from '@partyline/contracts/api/lines'
import { AppError } from '@partyline/contracts/errors'
import { takenBy } from '@partyline/contracts/number-webhooks'
import { formatAddress } from '@partyline/contracts/phone'
import type { Db } from '@partyline/db/client'
import { type Actor, recordAudit } from '@partyline/db/queries/audit'
import { lockAccountNumber, wantConnected } from '@partyline/db/queries/connecting'
import { toFound } from '@partyline/db/views/account-number'
import { addLine } from './add-line.ts'
import { notFound } from './present.ts'

interface Given {
  sid: string
  publicUrl: string
  name?: string | undefined
  mode: Line['mode']
  replaces?: string | undefined
}

/** Makes a number of the account a line, and has the dispatcher set its webhooks. */
export async function connectNumber(tx: Db, actor: Actor, given: Given): Promise<void> {
  const { sid, publicUrl, mode } = given
  const known = await lockAccountNumber(tx, sid)
  if (!known) throw notFound('number')
  const { address } = known.number
  if (!known.number.sms) {
    throw new AppError('cannot_connect', 'This number cannot receive texts, only calls.')
  }
  const found = toFound(known)
  const taken = found ? takenBy(found, publicUrl) : null
  if (taken !== null && given.replaces !== taken) {
    throw new AppError(
      'number_taken',
      `The texts of this number go to ${taken} now. Say that Partyline may take them from there.`,
    )
  }
  await addLine(tx, actor, { address, mode, name: given.name ?? formatAddress(address) })
  await recordAudit(tx, actor, {
    action: 'number.connected',
    subject: sid,
    details: { address, replaces: taken },
  })
  // A service that leaves its texts to its numbers has nothing to set.
  if (found) await wantConnected(tx, { sid, replaces: taken })
}
