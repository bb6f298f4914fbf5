import type { Actor } from '@partyline/db/queries/audit'
import type { FastifyRequest } from 'fastify'
import { callerOf } from './access.ts'

/** Who asks, for the audit log. */
export function actorOf(
  request: Pick<FastifyRequest, 'getDecorator' | 'ip'>,
): Actor & { userId: string } {
  return { userId: callerOf(request).user.id, ip: request.ip }
}
