import { z } from 'zod'

const samplers = [
  ...(['always_on', 'always_off', 'traceidratio'] as const),
  ...(['parentbased_always_on', 'parentbased_always_off', 'parentbased_traceidratio'] as const),
] as const

/** OpenTelemetry's own names. Its exporter reads more of them by itself: certificates, compression, patience. */
export const tracingEnv = {
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  OTEL_EXPORTER_OTLP_PROTOCOL: z
    .literal('http/protobuf', 'must be http/protobuf, usually on port 4318')
    .optional(),
  OTEL_EXPORTER_OTLP_HEADERS: z.string().optional(),
  OTEL_TRACES_SAMPLER: z.enum(samplers).default('parentbased_always_on'),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
  OTEL_RESOURCE_ATTRIBUTES: z.string().optional(),
}

export interface TracingConfig {
  /** Where spans are posted. */
  url: string
  headers: string | undefined
  sampler: (typeof samplers)[number]
  ratio: number
  /** `name=value` pairs with commas between, on every span. */
  attributes: string | undefined
}

export function toTracingConfig(
  raw: z.output<z.ZodObject<typeof tracingEnv>>,
): TracingConfig | undefined {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } = raw
  if (endpoint === undefined) return undefined
  return {
    url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
    headers: raw.OTEL_EXPORTER_OTLP_HEADERS,
    sampler: raw.OTEL_TRACES_SAMPLER,
    ratio: raw.OTEL_TRACES_SAMPLER_ARG,
    attributes: raw.OTEL_RESOURCE_ATTRIBUTES,
  }
}
