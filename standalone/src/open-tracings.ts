import { loadConfig } from '@partyline/api/config'
import type { Logger } from '@partyline/kit/log'
import { createTracing, type Tracing } from '@partyline/kit/tracing'

const traced = ['ingress', 'dispatcher', 'api'] as const
export type Tracings = Record<(typeof traced)[number], Tracing>

/** Each service's own, so that its spans bear its name in one process too. */
export async function openTracings(
  env: NodeJS.ProcessEnv,
  log: Logger,
  resources: AsyncDisposableStack,
): Promise<Tracings> {
  const { tracing: config } = loadConfig(env)
  const opened = await Promise.all(
    traced.map(async (service) => {
      const tracing = await createTracing(service, config, log)
      resources.defer(() => tracing.stop())
      return [service, tracing] as const
    }),
  )
  return Object.fromEntries(opened) as Tracings
}
