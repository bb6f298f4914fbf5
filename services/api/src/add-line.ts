import { channelOf } from '@partyline/contracts/channels'
import { AppError } from '@partyline/contracts/errors'
import { groupAutoReply } from '@partyline/contracts/group-auto-reply'
import { type Actor, recordAudit } from '@partyline/db/queries/audit'
import type { Db } from '@partyline/db/client'
import { createLine } from '@partyline/db/queries/lines'
import type { Line } from '@partyline/contracts/api/lines'

interface NewLine extends Pick<Line, 'address' | 'name' | 'mode'> {
  autoReply?: string | null | undefined
}

/** Makes a line and writes down who did. Undefined when there is one with this address. */
export async function addLine(
  tx: Db,
  actor: Actor,
  { address, name, mode, autoReply }: NewLine,
): Promise<string | undefined> {
  const answer = autoReply === undefined && mode === 'group' ? groupAutoReply : (autoReply ?? null)
  const channel = channelOf(address)
  const subject = await createLine(tx, { address, channel, name, mode, autoReply: answer })
  if (subject === undefined) return undefined
  await recordAudit(tx, actor, { action: 'line.created', subject, details: { address, mode } })
  return subject
}

/** The same where there has to be none yet. */
export async function addNewLine(tx: Db, actor: Actor, line: NewLine): Promise<string> {
  const id = await addLine(tx, actor, line)
  if (id !== undefined) return id
  throw new AppError('already_exists', 'There is a line with this address.')
}
