import { and, asc, inArray, ne, type SQL, sql } from 'drizzle-orm'
import { AppError } from '@partyline/contracts/errors'
import type { Db } from '../client.ts'
import { conversations } from '../schema/conversations.ts'
import { users } from '../schema/users.ts'
import { recordChanges } from './events.ts'
import { labelConversations } from './label-conversations.ts'
import { type Happening, postEvents } from './post-events.ts'
import { visibleTo } from './visibility.ts'

export interface ConversationChange {
  status?: 'open' | 'closed' | undefined
  snoozedUntil?: Date | undefined
  assigneeId?: string | null | undefined
  addLabelIds?: string[] | undefined
  removeLabelIds?: string[] | undefined
  read?: boolean | undefined
}

/** What a change did: to which conversations, and what their threads say of it. */
interface Done {
  ids: string[]
  /** Undefined: nothing worth a line in the thread. */
  words?: string
}

/**
 * Does one thing to many conversations, in statements whose number does not grow with theirs; a
 * conversation that is that way already is left alone. Returns who was changed, and who is in sight.
 * The places in the list stay: nothing was said.
 */
export async function changeConversations(
  tx: Db,
  by: { id: string; name: string },
  ids: string[],
  change: ConversationChange,
): Promise<{ changed: string[]; seen: Set<string> }> {
  const seen = await lockSeen(tx, ids, by.id)
  const done: Done[] = [
    ...(await changeStatus(tx, seen, change)),
    ...(await assign(tx, by.id, seen, change)),
    ...(await labelConversations(tx, seen, change)).map((labelled) => ({ ids: labelled })),
    ...(await markRead(tx, seen, change)),
  ]
  const changed = [...new Set(done.flatMap((part) => part.ids))]
  await postEvents(tx, by, done.flatMap(toHappenings(by.name)))
  await recordChanges(
    tx,
    changed.map((id) => ({ type: 'conversation.changed', subjectId: id, conversationId: id })),
  )
  return { changed, seen: new Set(seen) }
}

const toHappenings =
  (name: string) =>
  ({ ids, words }: Done): Happening[] =>
    words === undefined
      ? []
      : ids.map((conversationId) => ({ conversationId, body: `${name} ${words}` }))

/** In the order of their ids, so that two changes of the same conversations cannot wait for each other. */
async function lockSeen(tx: Db, ids: string[], viewerId: string): Promise<string[]> {
  const rows = await tx
    .select({ id: conversations.id })
    .from(conversations)
    .where(and(inArray(conversations.id, ids), visibleTo(viewerId)))
    .orderBy(asc(conversations.id))
    .for('no key update')
  return rows.map(({ id }) => id)
}

type Values = Parameters<ReturnType<Db['update']>['set']>[0]

async function update(tx: Db, ids: string[], values: Values, where: SQL | undefined) {
  const rows = await tx
    .update(conversations)
    .set(values)
    .where(and(inArray(conversations.id, ids), where))
    .returning({ id: conversations.id })
  return rows.map(({ id }) => id)
}

async function changeStatus(
  tx: Db,
  ids: string[],
  { status, snoozedUntil }: ConversationChange,
): Promise<Done[]> {
  const awake = { snoozedUntil: null }
  if (snoozedUntil !== undefined) {
    const asleep = sql`${conversations.snoozedUntil} is distinct from ${snoozedUntil.toISOString()}`
    const snoozed = await update(tx, ids, { status: 'snoozed', snoozedUntil }, asleep)
    return [{ ids: snoozed, words: 'snoozed this conversation' }]
  }
  if (status === 'closed') {
    // Since when somebody waits stays known: taken back, the close never was.
    const ended = await update(tx, ids, { status, ...awake }, ne(conversations.status, status))
    return [{ ids: ended, words: 'closed this conversation' }]
  }
  if (status === undefined) return []
  const is = (before: 'snoozed' | 'closed') => sql`${conversations.status} = ${before}`
  const woken = await update(tx, ids, { status, ...awake }, is('snoozed'))
  const reopened = await update(tx, ids, { status, ...awake }, is('closed'))
  return [
    { ids: woken, words: 'ended the snooze' },
    { ids: reopened, words: 'reopened this conversation' },
  ]
}

async function assign(
  tx: Db,
  userId: string,
  ids: string[],
  { assigneeId }: ConversationChange,
): Promise<Done[]> {
  if (assigneeId === undefined) return []
  const words = assigneeId === userId ? 'took this conversation' : await assignedTo(tx, assigneeId)
  const different = sql`${conversations.assigneeId} is distinct from ${assigneeId}::uuid`
  return [{ ids: await update(tx, ids, { assigneeId }, different), words }]
}

async function assignedTo(tx: Db, assigneeId: string | null): Promise<string> {
  if (assigneeId === null) return 'took the assignment back'
  const [user] = await tx
    .select({ name: users.name })
    .from(users)
    .where(sql`${users.id} = ${assigneeId} and ${users.disabledAt} is null`)
  if (!user) throw new AppError('invalid_request', 'This user does not exist or is disabled.')
  return `assigned this to ${user.name}`
}

/** Unread is one text, where there is any. */
async function markRead(tx: Db, ids: string[], { read }: ConversationChange): Promise<Done[]> {
  if (read === undefined) return []
  const { inboundCount, readCount } = conversations
  const marked = read
    ? await update(tx, ids, { readCount: inboundCount }, sql`${inboundCount} > ${readCount}`)
    : await update(
        tx,
        ids,
        { readCount: sql`${inboundCount} - 1` },
        sql`${inboundCount} > 0 and ${readCount} = ${inboundCount}`,
      )
  return [{ ids: marked }]
}
