import type { Db } from '@partyline/db/client'
import { isMessageVisible } from '@partyline/db/queries/list-deliveries'
import { notFound } from './present.ts'

export async function mustSeeMessage(db: Db, messageId: string, viewerId: string): Promise<void> {
  if (!(await isMessageVisible(db, { messageId, viewerId }))) throw notFound('message')
}
