import type { Logger } from '@partyline/kit/log'
import { createTracing, type Tracing } from '@partyline/kit/tracing'
import { toTracingConfig, tracingEnv } from '@partyline/kit/tracing-config'
import { z } from 'zod'
import type { Stack } from './stack.ts'

/** Traces as a service makes them of its environment. */
export function tracingTo(
  url: string,
  log: Logger,
  more: Record<string, string> = {},
): Promise<Tracing> {
  const env = z.object(tracingEnv).parse({ OTEL_EXPORTER_OTLP_ENDPOINT: url, ...more })
  return createTracing('test', toTracingConfig(env), log)
}

/** The stack with traces on, for the services of a test. */
export async function traced(stack: Stack, url: string): Promise<Stack> {
  return { ...stack, tracing: await tracingTo(url, stack.log) }
}
