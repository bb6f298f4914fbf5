import type { Http } from './http.ts'
import { createMetrics } from './metrics.ts'

export type Check = () => Promise<unknown>

const patienceMs = 2_000

/**
 * `/healthz` says the process runs, `/readyz` that what it needs answers, `/metrics` how it is doing.
 * For probes on the service's own port, not for the public one.
 */
export function healthRoutes(http: Http, checks: Record<string, Check>): void {
  const metrics = createMetrics()
  http.get('/healthz', async () => ({ status: 'ok' }))
  http.get('/metrics', async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.read()),
  )
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

async function answers(check: Check): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => resolve(false), patienceMs)
  check().then(
    () => resolve(true),
    () => resolve(false),
  )
  return promise.finally(() => clearTimeout(timer))
}
