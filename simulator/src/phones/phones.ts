import { AppError } from '@partyline/contracts/errors'
import type { Scope } from '../scope.ts'
import type { Simulation } from '../simulation.ts'
import { controlRoutes } from './control-routes.ts'
import { eventStream } from './event-stream.ts'
import { pageRoutes } from './page-routes.ts'
import { phoneRoutes } from './phone-routes.ts'

/** Everything under `/simulator`: the page with the phones, and what it talks to. Returns what ends its streams. */
export function phonesRoutes(http: Scope, sim: Simulation): () => void {
  let endStreams = () => {}
  void http.register(
    async (simulator: Scope) => {
      simulator.addHook('onRequest', async ({ method, headers }) => {
        // There is no sign-in here, so at least no other site may pull the levers.
        if (method !== 'GET' && headers['sec-fetch-site'] === 'cross-site') {
          throw new AppError('wrong_origin', 'Only the phones page itself may do this.')
        }
      })
      pageRoutes(simulator, sim)
      endStreams = eventStream(simulator, sim)
      await simulator.register(
        async (api: Scope) => {
          phoneRoutes(api, sim)
          controlRoutes(api, sim)
        },
        { prefix: '/api' },
      )
    },
    { prefix: '/simulator' },
  )
  return () => endStreams()
}
