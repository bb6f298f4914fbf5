import { systemEndpoints } from '@partyline/contracts/api/system'
import { explainTwilioError } from '@partyline/contracts/twilio-errors'
import { findRecovered, type Recovered } from '@partyline/db/queries/backfill'
import { findTrouble } from '@partyline/db/queries/breaker'
import { countDeadLetters } from '@partyline/db/queries/dead-letters'
import { at } from '@partyline/kit/http'
import type { Routes } from '../deps.ts'

export const systemRoutes: Routes = (http, { config, db }) => {
  http.route({
    ...at(systemEndpoints.get),
    async handler() {
      const { simulated, defaultCountry, limit } = config
      const [trouble, recovered, deadLetters] = await Promise.all([
        findTrouble(db),
        findRecovered(db),
        countDeadLetters(db),
      ])
      return {
        ...{ simulated, defaultCountry, limit, deadLetters },
        trouble: trouble ? inWords(trouble) : null,
        recovered: recovered ? toReply(recovered) : null,
      }
    },
  })
}

function inWords({ errorCode, since }: { errorCode: number | null; since: Date }) {
  const { advice } = explainTwilioError(errorCode ?? 20003)
  return {
    since: since.toISOString(),
    reason: 'Twilio refuses this account, so nothing is sent. Nothing is lost: everything waits.',
    advice,
  }
}

function toReply({ texts, from, to, at: foundAt }: Recovered) {
  return {
    texts,
    from: from.toISOString(),
    to: to.toISOString(),
    at: foundAt.toISOString(),
  }
}
