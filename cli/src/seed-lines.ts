import type { Db } from '@partyline/db/client'
import { createLine } from '@partyline/db/queries/lines'
import type { LineSeed } from './line-seeds.ts'

/** Makes the lines that are not there yet. */
export async function seedLines(db: Db, seeds: LineSeed[]): Promise<void> {
  for (const { address, channel, name } of seeds) {
    await createLine(db, { address, channel, name, mode: 'inbox', autoReply: null })
  }
}
