import { createLog } from '@partyline/kit/log'
import { expect, test } from 'vitest'
import { receiveOtlp } from '../../support/otlp-receiver.ts'
import { tracingTo } from '../../support/traced.ts'

const silent = createLog('test', 'silent')
const parent = (flags: '00' | '01') => `00-${'a'.repeat(32)}-${'b'.repeat(16)}-${flags}`

test('a trace that is not kept is passed on as such, and one that is kept stays whole', async () => {
  await using receiver = await receiveOtlp()
  const never = { OTEL_TRACES_SAMPLER: 'parentbased_always_off' }
  const tracing = await tracingTo(receiver.url, silent, never)

  const unkept = tracing.span('begins here')
  expect(unkept.traceParent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/)
  tracing.span('follows it', { parent: unkept.traceParent ?? '' }).end()
  unkept.end()
  tracing.span('goes on', { parent: parent('01'), facts: { attempt: 2, none: null } }).end()
  await tracing.stop()

  expect(receiver.spans()).toMatchObject([
    { name: 'goes on', traceId: 'a'.repeat(32), parentId: 'b'.repeat(16) },
  ])
  expect(receiver.spans()[0]?.attributes).toEqual({ attempt: 2 })
})

test('what is no trace parent begins a trace of its own', async () => {
  await using receiver = await receiveOtlp()
  const tracing = await tracingTo(receiver.url, silent)

  for (const odd of ['', 'nonsense', parent('01').toUpperCase(), `00-${'0'.repeat(32)}-1-01`]) {
    tracing.span('begins here', { parent: odd }).end()
  }
  await tracing.stop()

  const spans = receiver.spans()
  expect(spans.map(({ parentId }) => parentId)).toEqual(['', '', '', ''])
  expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(4)
})

test('whoever collects is told who sends, and a refusal is in the log once', async () => {
  await using receiver = await receiveOtlp(401)
  const lines: string[] = []
  const log = createLog('test', 'warn', { write: (line: string) => void lines.push(line) })
  const tracing = await tracingTo(receiver.url, log, {
    OTEL_EXPORTER_OTLP_HEADERS: 'api-key=one%20two,x-team=hub',
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=trial',
  })

  for (let index = 0; index < 1_200; index += 1) tracing.span('one of many').end()
  await tracing.stop()

  expect(receiver.spans().length).toBeGreaterThanOrEqual(1_024)
  expect(receiver.heard()).toContain('"api-key":"one two","x-team":"hub"')
  expect(receiver.heard()).toContain('/v1/traces')
  expect(receiver.heard()).toContain('deployment.environment.name')
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
    { level: 40, service: 'test', msg: 'traces not taken' },
  ])
})
