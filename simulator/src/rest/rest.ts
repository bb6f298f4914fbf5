import formbody from '@fastify/formbody'
import { traceOf } from '@partyline/kit/reason'
import type { Scope } from '../scope.ts'
import { createSid } from '../sid.ts'
import type { Simulation } from '../simulation.ts'
import { misbehaveAsTold } from './account-faults.ts'
import { authenticate } from './authenticate.ts'
import { contentRoutes } from './content-routes.ts'
import { mediaRoutes } from './media-routes.ts'
import { messageRoutes } from './message-routes.ts'
import { accountRoute, numberRoutes } from './number-routes.ts'
import { pricingRoutes } from './pricing-routes.ts'
import { poolRoutes } from './pool-routes.ts'
import { serviceRoutes } from './service-routes.ts'
import { internalError, notFound, TwilioError } from './twilio-error.ts'

/** Twilio's REST API, the slice that Partyline uses. */
export function restRoutes(http: Scope, sim: Simulation): void {
  void http.register(
    async (api: Scope) => {
      speakTwilio(api, sim)
      accountRoute(api, sim)
      await api.register(
        async (account: Scope) => {
          messageRoutes(account, sim)
          mediaRoutes(account, sim)
          await account.register(async (numbers: Scope) => {
            misbehaveAsTold(numbers, sim)
            numberRoutes(numbers, sim)
          })
        },
        { prefix: `/Accounts/${sim.config.accountSid}` },
      )
    },
    { prefix: '/2010-04-01' },
  )
  void http.register(
    async (messaging: Scope) => {
      speakTwilio(messaging, sim)
      misbehaveAsTold(messaging, sim)
      serviceRoutes(messaging, sim)
      poolRoutes(messaging, sim)
      contentRoutes(messaging, sim)
    },
    { prefix: '/v1' },
  )
  void http.register(
    async (pricing: Scope) => {
      speakTwilio(pricing, sim)
      pricingRoutes(pricing)
    },
    { prefix: '/v1/Messaging' },
  )
}

/** Form bodies, Basic auth, and every failure in Twilio's shape. */
function speakTwilio(http: Scope, sim: Simulation): void {
  void http.register(formbody)
  http.addHook('onRequest', async (request, reply) => {
    void reply.header('twilio-request-id', createSid('RQ'))
    authenticate(sim.config, request.headers.authorization)
  })
  http.setErrorHandler((error: Error, request, reply) => {
    const refusal = error instanceof TwilioError ? error : asTwilioError(error)
    if (refusal.status === 500 && !(error instanceof TwilioError)) {
      request.log.error({ reason: traceOf(error) }, 'unexpected error')
    }
    return reply.code(refusal.status).send(refusal.toBody())
  })
  http.setNotFoundHandler((request) => {
    authenticate(sim.config, request.headers.authorization)
    throw notFound(request.url)
  })
}

function asTwilioError(error: Error): TwilioError {
  const status = 'statusCode' in error ? Number(error.statusCode) : 500
  return status < 500 ? new TwilioError(20001, error.message, status) : internalError()
}
