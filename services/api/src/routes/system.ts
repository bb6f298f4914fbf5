import { systemEndpoints } from '@partyline/contracts/api/system'
import { at } from '@partyline/kit/http'
import type { Routes } from '../deps.ts'

export const systemRoutes: Routes = (http, { config }) => {
  http.route({
    ...at(systemEndpoints.get),
    async handler() {
      const { simulated, defaultCountry, limit } = config
      return { simulated, defaultCountry, limit }
    },
  })
}
