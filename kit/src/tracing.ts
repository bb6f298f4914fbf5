import type { Logger } from './log.ts'
import type { TracingConfig } from './tracing-config.ts'

/** Ids, numbers of attempts, outcomes. Never a text, a name, or somebody's number. */
export type Facts = Record<string, string | number | null | undefined>

export interface Span {
  /** Handed to whoever goes on from here, as W3C writes it. Undefined when traces are off. */
  readonly traceParent: string | undefined
  /** For the log lines of the same work; empty when traces are off. */
  readonly forLog: { trace_id?: string }
  set(facts: Facts): void
  /** It did not do what it is for. Why is for the log alone. */
  fail(): void
  /** Without it nothing is shown of this span. */
  end(): void
}

export interface Beginning {
  /** The `traceParent` of what led here. Whatever is no such thing begins a trace of its own. */
  parent?: string | null | undefined
  kind?: 'server' | 'client' | 'consumer'
  facts?: Facts
  /** In milliseconds of the clock, when it began before this call. */
  startedAt?: number
}

export interface Tracing {
  readonly on: boolean
  span(name: string, beginning?: Beginning): Span
  /** Sends what is left, for a moment at most. */
  stop(): Promise<void>
}

export const noSpan: Span = {
  traceParent: undefined,
  forLog: {},
  set: () => undefined,
  fail: () => undefined,
  end: () => undefined,
}

export const noTracing: Tracing = {
  on: false,
  span: () => noSpan,
  stop: async () => undefined,
}

/** For log lines about what bears this trace parent. */
export function traceIdOf(traceParent: string | null | undefined): { trace_id?: string } {
  const traceId = traceParent?.split('-')[1]
  return traceId === undefined ? {} : { trace_id: traceId }
}

/** Without an endpoint nothing of OpenTelemetry is loaded, and every span is the same empty one. */
export async function createTracing(
  service: string,
  config: TracingConfig | undefined,
  log: Logger,
): Promise<Tracing> {
  if (!config) return noTracing
  const { createOtlpTracing } = await import('./otlp-tracing.ts')
  return createOtlpTracing(service, config, log)
}
