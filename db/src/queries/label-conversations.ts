import { and, inArray, sql } from 'drizzle-orm'
import { AppError } from '@partyline/contracts/errors'
import type { Db } from '../client.ts'
import { conversationLabels, labels } from '../schema/labels.ts'

/** Puts labels on conversations and takes others off. Returns which conversations that changed. */
export async function labelConversations(
  tx: Db,
  ids: string[],
  given: { addLabelIds?: string[] | undefined; removeLabelIds?: string[] | undefined },
): Promise<string[][]> {
  const { addLabelIds: add = [], removeLabelIds: remove = [] } = given
  const done: string[][] = []
  if (add.length > 0) done.push(await put(tx, ids, [...new Set(add)]))
  if (remove.length > 0) {
    const taken = await tx
      .delete(conversationLabels)
      .where(
        and(
          inArray(conversationLabels.conversationId, ids),
          inArray(conversationLabels.labelId, remove),
        ),
      )
      .returning({ id: conversationLabels.conversationId })
    done.push(taken.map(({ id }) => id))
  }
  return done
}

async function put(tx: Db, ids: string[], labelIds: string[]): Promise<string[]> {
  // Held until the labels are on: one that is being deleted is gone by then, or waits.
  const known = await tx
    .select({ id: labels.id })
    .from(labels)
    .where(inArray(labels.id, labelIds))
    .for('key share')
  if (known.length < labelIds.length) {
    throw new AppError('invalid_request', 'This label does not exist any more. Choose another.')
  }
  const put = await tx.execute<{ id: string }>(sql`
    insert into conversation_labels (conversation_id, label_id)
    select conversation.id, label.id
    from unnest(${sql.param(ids)}::uuid[]) as conversation (id)
    cross join unnest(${sql.param(labelIds)}::uuid[]) as label (id)
    on conflict do nothing
    returning conversation_id as id
  `)
  return put.map(({ id }) => id)
}
