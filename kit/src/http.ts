import { randomUUID } from 'node:crypto'
import Fastify, { type FastifyServerOptions, LogController } from 'fastify'
import {
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod'
import { AppError } from '@partyline/contracts/errors'
import type { Endpoint } from '@partyline/contracts/http'
import type { Logger } from './log.ts'
import { traceOf } from './reason.ts'
import { spanOf } from './trace-requests.ts'

export type Http = ReturnType<typeof createHttp>

type HttpOptions = Omit<FastifyServerOptions, 'logger' | 'trustProxy'> & {
  /** Only ranges (kit/trusted-proxies): with `true` or a number, callers choose their own address. */
  trustProxy?: string[]
}

/** A Fastify that speaks zod and answers every failure in the one shape of the contract. */
export function createHttp(log: Logger, options: HttpOptions = {}) {
  const http = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    // A child logger per request costs more than the signature check; who logs names the request.
    childLoggerFactory: (logger) => logger,
    requestTimeout: 10_000,
    connectionTimeout: 60_000,
    // How soon it is noticed that a request takes too long: Node looks every 30 s by itself.
    http: { connectionsCheckingInterval: 2_000 },
    forceCloseConnections: 'idle',
    ...options,
  }).withTypeProvider<ZodTypeProvider>()
  http.setValidatorCompiler(validatorCompiler)
  http.setSerializerCompiler(serializerCompiler)
  http.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id)
    done()
  })
  http.setErrorHandler((error, request, reply) => {
    const answer = asAppError(error)
    if (answer.status >= 500) {
      const { forLog } = spanOf(request)
      log.error({ reqId: request.id, ...forLog, reason: traceOf(error) }, 'unexpected error')
    }
    return reply.code(answer.status).send(answer.toBody(request.id))
  })
  // A connection whose answer is under way when it stops is idle only after that, and is kept open then
  // for as long as its owner likes.
  let closing: NodeJS.Timeout | undefined
  http.addHook('preClose', (done) => {
    closing = setInterval(() => http.server.closeIdleConnections(), 100)
    done()
  })
  http.addHook('onClose', (_http, done) => {
    clearInterval(closing)
    done()
  })
  http.setNotFoundHandler(() => {
    throw new AppError('no_such_route', 'There is nothing at this address.')
  })
  return http
}

function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  const status = statusOf(error)
  if (error instanceof Error && status !== undefined && status < 500) {
    const code = byStatus[status] ?? 'invalid_request'
    return new AppError(code, refusalOf(error), { cause: error })
  }
  return new AppError('internal', 'Something went wrong on our side.', { cause: error })
}

/** A sentence is for people and stands alone; for the rest, whoever calls has to know which field it is. */
function refusalOf(error: Error): string {
  if (!('validation' in error) || !Array.isArray(error.validation)) return error.message
  const issues = error.validation as { instancePath?: string; message?: string }[]
  return issues
    .map(({ instancePath = '', message = '' }) => {
      const field = instancePath.slice(1).replaceAll('/', '.')
      return message.endsWith('.') ? message : `${field === '' ? '' : `${field}: `}${message}.`
    })
    .join(' ')
}

const byStatus: Record<number, 'body_too_large' | 'unsupported_media_type' | 'too_many_requests'> =
  {
    413: 'body_too_large',
    415: 'unsupported_media_type',
    429: 'too_many_requests',
  }

function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return undefined
  return typeof error.statusCode === 'number' ? error.statusCode : undefined
}

/** An endpoint of the contract as Fastify route options: spread it, then add the handler. */
export function at<E extends Endpoint>(endpoint: E) {
  const { method, path, params, query, body, reply, summary, access, needsProof = false } = endpoint
  const schema = {
    summary,
    ...(params && { params }),
    ...(query && { querystring: query }),
    ...(body && { body }),
    response: { '2xx': reply },
  }
  return { method, url: path, schema: schema as RouteSchema<E>, config: { access, needsProof } }
}

interface RouteSchema<E extends Endpoint> {
  summary: string
  params: E['params']
  querystring: E['query']
  body: E['body']
  response: { '2xx': E['reply'] }
}
