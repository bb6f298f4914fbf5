import { lineAtFault } from '@partyline/contracts/twilio-errors'

/** So many texts of a line in turn that failed for what is wrong with the line: no chance any more. */
export const faultsInTurn = 20

/** What became of texts: where one arrived, and which failed with what. */
export interface Ends {
  arrivedOn: readonly string[]
  failures: readonly { lineId: string; errorCode: number }[]
}

/**
 * Counts, for each line, the texts in turn that failed because of it. Known to this process alone: after a
 * restart the next twenty say it again.
 */
export interface LineFaults {
  /** The lines that have failed often enough by now, each with the reason it failed for last. */
  note(ends: Ends): Map<string, number>
}

export function createLineFaults(): LineFaults {
  const inTurn = new Map<string, number>()
  return {
    note({ arrivedOn, failures }) {
      const given = new Map<string, number>()
      const atFault = failures.filter(({ errorCode }) => lineAtFault.includes(errorCode))
      for (const { lineId, errorCode } of atFault) {
        const count = (inTurn.get(lineId) ?? 0) + 1
        inTurn.set(lineId, count)
        if (count >= faultsInTurn) given.set(lineId, errorCode)
      }
      // One that arrived in the same lot as many that failed: the line is able to.
      for (const lineId of arrivedOn) given.delete(lineId)
      for (const lineId of [...arrivedOn, ...given.keys()]) inTurn.delete(lineId)
      return given
    },
  }
}
