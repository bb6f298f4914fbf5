import { answers, type Check } from './answers.ts'
import type { Http } from './http.ts'
import type { Metrics } from './metrics.ts'

/**
 * `/healthz` says the process runs, `/readyz` that what it needs answers, `/metrics` how it is doing.
 * For probes on the service's own port, not for the public one.
 */
export function healthRoutes(http: Http, checks: Record<string, Check>, metrics: Metrics): void {
  http.get('/healthz', async () => ({ status: 'ok' }))
  http.get('/metrics', async (_request, reply) => {
    const { contentType, text } = await metrics.scrape()
    return reply.type(contentType).send(text)
  })
  http.get('/readyz', async (_request, reply) => {
    const entries = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => [name, await answers(check)] as const),
    )
    const ready = entries.every(([, ok]) => ok)
    return reply
      .code(ready ? 200 : 503)
      .send({ status: ready ? 'ok' : 'not ready', checks: Object.fromEntries(entries) })
  })
}
