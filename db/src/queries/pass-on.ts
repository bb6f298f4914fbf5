import { and, eq, isNotNull } from 'drizzle-orm'
import { explainHeld } from '@partyline/contracts/held-causes'
import { AppError } from '@partyline/contracts/errors'
import { phoneText, splitText } from '@partyline/contracts/phone-text'
import { countSegments } from '@partyline/contracts/segments'
import type { SendLimits } from '@partyline/contracts/send-limits'
import type { Db } from '../client.ts'
import { conversations } from '../schema/conversations.ts'
import { messages } from '../schema/messages.ts'
import { recordChanges } from './events.ts'
import { fanOut } from './fan-out.ts'
import { countSend } from './send-caps.ts'
import { visibleTo } from './visibility.ts'

/**
 * Sends a member's text that was kept to those who are in the group now. The update is the guard: of two
 * people who ask at once one does it.
 */
export async function passOn(
  tx: Db,
  given: { messageId: string; userId: string; limits: SendLimits },
): Promise<{ lineId: string | null; deliveryCount: number }> {
  const [found] = await tx
    .select({ held: messages.heldBecause, lineId: conversations.lineId })
    .from(messages)
    .innerJoin(conversations, eq(conversations.id, messages.conversationId))
    .where(and(eq(messages.id, given.messageId), visibleTo(given.userId)))
  if (!found) throw new AppError('not_found', 'There is no such message.')
  if (found.held !== null && !explainHeld(found.held).canPassOn) {
    throw new AppError('cannot_retry', explainHeld(found.held).advice)
  }
  const [message] = await tx
    .update(messages)
    .set({ heldBecause: null })
    .where(and(eq(messages.id, given.messageId), isNotNull(messages.heldBecause)))
    .returning()
  if (!message) {
    throw new AppError('cannot_retry', 'This text was passed on already.')
  }
  const { kind, authorName, body, conversationId } = message
  const text = phoneText({ inGroup: true, kind, authorName, body })
  const segments = splitText(text).map((part) => Math.max(1, countSegments(part).segments))
  const deliveryCount = await fanOut(tx, message, 'group', {
    except: message.authorAddress,
    onlyTo: null,
    segments,
    awaitsMedia: false,
  })
  const each = segments.reduce((sum, part) => sum + part, 0)
  await countSend(
    tx,
    { caps: given.limits, userId: given.userId },
    { conversationId, segments: (deliveryCount / segments.length) * each },
  )
  await recordChanges(tx, [{ type: 'message.changed', subjectId: message.id, conversationId }])
  return { lineId: found.lineId, deliveryCount }
}
