/** A span as it was sent, with what the resource it belongs to says of itself. */
export interface SentSpan {
  service: string
  traceId: string
  spanId: string
  /** Empty for the first of a trace. */
  parentId: string
  name: string
  attributes: Record<string, string | number>
  failed: boolean
}

interface Field {
  number: number
  value: Buffer | bigint
}

/** The fields of one protobuf message, as far as OTLP has kinds of them. */
function* fieldsOf(bytes: Buffer): Generator<Field> {
  let at = 0
  const varint = () => {
    let value = 0n
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes.readUInt8(at++)
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return value
    }
  }
  const take = (length: number) => bytes.subarray(at, (at += length))
  while (at < bytes.length) {
    const tag = Number(varint())
    const wire = tag & 7
    const number = tag >> 3
    if (wire === 0) yield { number, value: varint() }
    else yield { number, value: take(wire === 2 ? Number(varint()) : wire === 1 ? 8 : 4) }
  }
}

const all = (bytes: Buffer, number: number) =>
  [...fieldsOf(bytes)].filter((field) => field.number === number).map(({ value }) => value)
const messages = (bytes: Buffer, number: number) => all(bytes, number) as Buffer[]
const text = (bytes: Buffer, number: number) => messages(bytes, number)[0]?.toString('utf8') ?? ''
const hex = (bytes: Buffer, number: number) => messages(bytes, number)[0]?.toString('hex') ?? ''

function attributesOf(bytes: Buffer, number: number): Record<string, string | number> {
  const pairs = messages(bytes, number).map((pair) => {
    const [value = Buffer.alloc(0)] = messages(pair, 2)
    const [count] = all(value, 3)
    return [text(pair, 1), count === undefined ? text(value, 1) : Number(count)] as const
  })
  return Object.fromEntries(pairs)
}

/** The numbers are those of opentelemetry-proto, trace/v1. */
export function readOtlp(request: Buffer): SentSpan[] {
  return messages(request, 1).flatMap((resourceSpans) => {
    const [resource = Buffer.alloc(0)] = messages(resourceSpans, 1)
    const service = String(attributesOf(resource, 1)['service.name'])
    const spans = messages(resourceSpans, 2).flatMap((scope) => messages(scope, 2))
    return spans.map((span) => ({
      service,
      traceId: hex(span, 1),
      spanId: hex(span, 2),
      parentId: hex(span, 4),
      name: text(span, 5),
      attributes: attributesOf(span, 9),
      failed: messages(span, 15).some((status) => all(status, 3)[0] === 2n),
    }))
  })
}
