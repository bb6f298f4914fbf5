import type { Db } from '@partyline/db/client'
import { createLine } from '@partyline/db/queries/lines'
import type { Simulator } from '@partyline/simulator/simulator'
import type { LineSeed } from '@partyline/cli/line-seeds'

/** Makes the lines that are not there yet; with the simulator, its account owns their addresses. */
export async function seedLines(
  db: Db,
  seeds: LineSeed[],
  simulator: Pick<Simulator, 'addNumber'> | undefined,
): Promise<void> {
  for (const { address, channel, name } of seeds) {
    await createLine(db, { address, channel, name, mode: 'inbox', autoReply: null })
    simulator?.addNumber({ address, name })
  }
}
