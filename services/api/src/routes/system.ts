import { systemEndpoints } from '@partyline/contracts/api/system'
import { explainTwilioError } from '@partyline/contracts/twilio-errors'
import { findTrouble } from '@partyline/db/queries/breaker'
import { at } from '@partyline/kit/http'
import type { Routes } from '../deps.ts'

export const systemRoutes: Routes = (http, { config, db }) => {
  http.route({
    ...at(systemEndpoints.get),
    async handler() {
      const { simulated, defaultCountry, limit } = config
      const trouble = await findTrouble(db)
      return { simulated, defaultCountry, limit, trouble: trouble ? inWords(trouble) : null }
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
