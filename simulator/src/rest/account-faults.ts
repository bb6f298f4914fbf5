import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Scope } from '../scope.ts'
import type { Simulation } from '../simulation.ts'
import { internalError, TwilioError } from './twilio-error.ts'

/** Requests about numbers, Messaging Services and templates go wrong in these routes as the switches say. */
export function misbehaveAsTold(http: Scope, sim: Simulation): void {
  http.addHook('preHandler', async (_request: FastifyRequest, reply: FastifyReply) => {
    switch (sim.faults.forAccount()) {
      case 'tooManyRequests':
        throw new TwilioError(20429, 'Too many requests')
      case 'unauthorized':
        throw new TwilioError(20003, 'Authenticate')
      case 'failBefore':
        throw internalError()
      case 'resetBefore':
        reply.raw.destroy()
        return reply.hijack()
      case undefined:
        return
    }
  })
}
