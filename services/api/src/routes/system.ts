import { systemEndpoints } from '@partyline/contracts/api/system'
import { findRecovered, type Recovered } from '@partyline/db/queries/backfill'
import { findTrouble, type Trouble } from '@partyline/db/queries/breaker'
import { countDeadLetters } from '@partyline/db/queries/dead-letters'
import { listUnreachedLines } from '@partyline/db/queries/unreached-lines'
import { at } from '@partyline/kit/http'
import type { Routes } from '../deps.ts'

export const systemRoutes: Routes = (http, { config, db }) => {
  http.route({
    ...at(systemEndpoints.get),
    async handler() {
      const { simulated, defaultCountry, limit } = config
      const [trouble, recovered, deadLetters, unreachedLines] = await Promise.all([
        findTrouble(db),
        findRecovered(db),
        countDeadLetters(db),
        listUnreachedLines(db, config.publicUrl),
      ])
      return {
        ...{ simulated, defaultCountry, limit, deadLetters, unreachedLines },
        trouble: trouble ? inWords(trouble) : null,
        recovered: recovered ? toReply(recovered) : null,
      }
    },
  })
}

const waiting = 'Nothing is lost: everything waits.'

function inWords({ cause, errorCode, since }: Trouble) {
  const words = {
    refused: {
      reason: `Twilio refuses this account${errorCode === null ? '' : ` (${errorCode})`}, so nothing is sent. ${waiting}`,
      advice:
        'Check the Twilio credentials and the state of the account. Sending goes on by itself.',
    },
    unread: {
      reason: `Partyline was away and cannot ask Twilio what was sent meanwhile, so nothing is sent. ${waiting}`,
      advice: 'It goes on by itself when Twilio answers. If it does not, check the credentials.',
    },
    ahead: {
      reason: `Twilio has texts that are not known here, perhaps because a backup was put back, so nothing is sent for a moment. ${waiting}`,
      advice: 'It goes on by itself within a few minutes, and sends nothing twice.',
    },
    unfetched: {
      reason:
        'Twilio’s list of texts cannot be read, so texts that never reached Partyline are not fetched. What reaches it is taken in, and texts are sent as ever.',
      advice:
        'It goes on by itself when Twilio answers, and fetches what was missed. If it does not, check the credentials.',
    },
  }[cause]
  return { since: since.toISOString(), ...words }
}

function toReply({ texts, from, to, at: foundAt }: Recovered) {
  return {
    texts,
    from: from.toISOString(),
    to: to.toISOString(),
    at: foundAt.toISOString(),
  }
}
