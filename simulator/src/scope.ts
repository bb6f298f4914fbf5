import type { FastifyInstance, FastifyBaseLogger, FastifyTypeProvider } from 'fastify'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'

/** A part of the simulator's HTTP server, whatever validates its routes. */
export type Scope = FastifyInstance<
  Server,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  FastifyTypeProvider
>
