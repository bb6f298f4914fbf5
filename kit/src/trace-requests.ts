import type { FastifyRequest } from 'fastify'
import type { Http } from './http.ts'
import { noSpan, type Span, type Tracing } from './tracing.ts'

type ParentOf = (request: FastifyRequest) => string | undefined

const spans = new WeakMap<FastifyRequest, Span>()

/**
 * A span for each request that may change something, from its first byte to its answer. A `traceparent`
 * header is not believed: only `parentOf` says what led here.
 */
export function traceRequests(
  http: Http,
  tracing: Tracing,
  parentOf: ParentOf = () => undefined,
): void {
  if (!tracing.on) return
  http.addHook('onRequest', (request, _reply, done) => {
    const { method, routeOptions } = request
    if (method !== 'GET' && method !== 'HEAD') {
      const route = routeOptions.url ?? '*'
      const facts = {
        'http.request.method': method,
        'http.route': route,
        'partyline.request_id': request.id,
      }
      const name = `${method} ${route}`
      spans.set(request, tracing.span(name, { kind: 'server', parent: parentOf(request), facts }))
    }
    done()
  })
  http.addHook('onResponse', (request, reply, done) => {
    const { statusCode } = reply
    // Whoever was turned away leaves none: a flood of strangers is not passed on.
    if (statusCode < 400 || statusCode >= 500) {
      const span = spanOf(request)
      span.set({ 'http.response.status_code': statusCode })
      if (statusCode >= 500) span.fail()
      span.end()
    }
    done()
  })
}

/** The span of a request, to add to it and to go on from it. */
export function spanOf(request: FastifyRequest): Span {
  return spans.get(request) ?? noSpan
}
