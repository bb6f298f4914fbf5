import { hostname } from 'node:os'
import {
  ROOT_CONTEXT,
  SpanKind,
  type Span as OtelSpan,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'
import { ExportResultCode, parseKeyPairsIntoRecord, parseTraceParent } from '@opentelemetry/core'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources'
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import type { Logger } from './log.ts'
import { reasonOf } from './reason.ts'
import type { Facts, Span, Tracing } from './tracing.ts'
import type { TracingConfig } from './tracing-config.ts'
import { within } from './within.ts'

const flushMs = 2_000
const complaintEveryMs = 60_000
/** A text to thousands ends thousands of spans in a moment; what goes beyond is dropped. */
const mostWaiting = 8_192

/** Imported only where traces are on. Nothing of it is global: each service of a process has its own. */
export function createOtlpTracing(service: string, config: TracingConfig, log: Logger): Tracing {
  const headers = config.headers && parseKeyPairsIntoRecord(config.headers)
  const exporter = new OTLPTraceExporter({ url: config.url, ...(headers && { headers }) })
  const provider = new TracerProvider({
    resource: defaultResource().merge(
      resourceFromAttributes({
        'service.namespace': 'partyline',
        'service.name': `partyline-${service}`,
        'service.instance.id': `${hostname()}-${process.pid}`,
        ...parseKeyPairsIntoRecord(config.attributes),
      }),
    ),
    sampler: samplerOf(config),
    spanProcessors: [
      new BatchSpanProcessor({ exporter: audible(exporter, log), maxQueueSize: mostWaiting }),
    ],
  })
  const tracer = provider.getTracer('partyline')
  return {
    on: true,
    span(name, { parent, kind, facts, startedAt } = {}) {
      const before = parseTraceParent(parent ?? '')
      const context = before
        ? trace.setSpanContext(ROOT_CONTEXT, { ...before, isRemote: true })
        : ROOT_CONTEXT
      const span = tracer.startSpan(
        name,
        {
          kind: kind ? kinds[kind] : SpanKind.INTERNAL,
          ...(startedAt !== undefined && { startTime: startedAt }),
        },
        context,
      )
      if (facts) span.setAttributes(present(facts))
      return toSpan(span)
    },
    // Whoever collects may be gone for good, and a service that stops has not got long.
    stop: () => within(flushMs, provider.shutdown()).catch(() => undefined),
  }
}

const kinds = { server: SpanKind.SERVER, client: SpanKind.CLIENT, consumer: SpanKind.CONSUMER }

function toSpan(span: OtelSpan): Span {
  const { traceId, spanId, traceFlags } = span.spanContext()
  return {
    traceParent: `00-${traceId}-${spanId}-0${traceFlags & 1}`,
    forLog: { trace_id: traceId },
    set: (facts) => void span.setAttributes(present(facts)),
    fail: () => void span.setStatus({ code: SpanStatusCode.ERROR }),
    end: () => span.end(),
  }
}

function present(facts: Facts): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(facts).filter((fact): fact is [string, string | number] => fact[1] != null),
  )
}

function samplerOf({ sampler, ratio }: TracingConfig): Sampler {
  const [, parentBased, name] = /^(parentbased_)?(.+)$/.exec(sampler) ?? []
  const root =
    name === 'always_off'
      ? new AlwaysOffSampler()
      : name === 'traceidratio'
        ? new TraceIdRatioBasedSampler(ratio)
        : new AlwaysOnSampler()
  return parentBased ? new ParentBasedSampler({ root }) : root
}

/** The SDK keeps to itself that nobody takes its spans; once a minute is enough to know. */
function audible(exporter: SpanExporter, log: Logger): SpanExporter {
  let quietUntil = 0
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        if (result.code === ExportResultCode.FAILED && Date.now() >= quietUntil) {
          quietUntil = Date.now() + complaintEveryMs
          log.warn({ spans: spans.length, reason: reasonOf(result.error) }, 'traces not taken')
        }
        done(result)
      })
    },
    shutdown: () => exporter.shutdown(),
  }
}
