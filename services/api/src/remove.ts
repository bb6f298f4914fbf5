import { AppError } from '@partyline/contracts/errors'
import type { User } from '@partyline/contracts/api/session'
import { type Actor, recordAudit } from '@partyline/db/queries/audit'
import { contactIsVisible, listThreads } from '@partyline/db/queries/contacts'
import { findConversation } from '@partyline/db/queries/conversations'
import { deleteContact, deleteConversations } from '@partyline/db/queries/delete-conversation'
import { listMemberships, removeMember } from '@partyline/db/queries/group-members'
import { contactNameForAudit, conversationNameForAudit } from '@partyline/db/queries/name-for-audit'
import { viewConversations } from '@partyline/db/views/conversation'
import type { Span } from '@partyline/kit/tracing'
import type { RouteDeps } from './deps.ts'
import { notFound } from './present.ts'

/** The contact leaves their groups first, announced as always, and is then deleted with all threads. */
export async function removeContact(
  deps: RouteDeps,
  id: string,
  by: Actor & { userId: string },
  { traceParent }: Span,
): Promise<void> {
  const { db, rings, config } = deps
  const { userId } = by
  if (!(await contactIsVisible(db, id, userId))) throw notFound('contact')
  const threads = await listThreads(db, id)
  const seen = await viewConversations(db, threads, userId)
  if (seen.size < threads.length) {
    throw new AppError(
      'not_allowed',
      'Another user has a private conversation with this contact. They must delete it first.',
    )
  }
  const sender = { limits: config.limits, traceParent }
  for (const membership of await listMemberships(db, id)) {
    rings.posted((await removeMember(db, membership, sender))?.announced)
  }
  const files = await db.transaction(async (tx) => {
    const name = await contactNameForAudit(tx, id)
    const details = name === undefined ? {} : { name }
    await recordAudit(tx, by, { action: 'contact.deleted', subject: id, details })
    return deleteContact(tx, id)
  })
  rings.changed()
  await deleteFiles(deps, files)
}

export async function removeConversation(
  deps: RouteDeps,
  id: string,
  user: User,
  by: Actor,
): Promise<void> {
  const { db, rings } = deps
  const row = await findConversation(db, id, user.id)
  if (!row) throw notFound('conversation')
  if (row.kind === 'group' && user.role !== 'admin') {
    throw new AppError('not_allowed', 'Only an administrator may delete a group.')
  }
  if (row.kind === 'web' && row.ownerId !== user.id && user.role !== 'admin') {
    throw new AppError('not_allowed', 'Only who started this conversation may delete it.')
  }
  const files = await db.transaction(async (tx) => {
    const name = await conversationNameForAudit(tx, id)
    const details = { kind: row.kind, ...(name !== undefined && { name }) }
    await recordAudit(tx, by, { action: 'conversation.deleted', subject: id, details })
    return deleteConversations(tx, [id])
  })
  rings.changed()
  await deleteFiles(deps, files)
}

/** The rows are gone, so a file that stays is seen by nobody; it is not worth failing for. */
async function deleteFiles({ blobs, log }: RouteDeps, keys: string[]): Promise<void> {
  const results = await Promise.allSettled(keys.map((key) => blobs.delete(key)))
  const failed = results.filter(({ status }) => status === 'rejected').length
  if (failed > 0) log.warn({ failed }, 'files of a deleted conversation remain')
}
