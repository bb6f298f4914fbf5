import { expect } from 'vitest'
import { receiveOtlp } from '../../support/otlp-receiver.ts'
import { runService } from '../../support/run-service.ts'
import { type Stack, test } from '../../support/stack.ts'

/** Says every module of OpenTelemetry's that a process loads, however it does. */
const tell = `import { registerHooks } from 'node:module'
  import { writeSync } from 'node:fs'
  registerHooks({ load(url, context, next) {
    const [, name] = /@opentelemetry.([\\w-]+)/.exec(url) ?? []
    if (name) writeSync(2, '<' + name + '>')
    return next(url, context)
  } })`
const args = ['--import', `data:text/javascript,${encodeURIComponent(tell)}`]

async function loadedBy(
  name: 'ingress' | 'dispatcher' | 'api',
  stack: Stack,
  env: Record<string, string> = {},
): Promise<string[]> {
  await using service = await runService(name, stack, { args, env })
  await expect.poll(service.said, { timeout: 40_000 }).toContain('"started"')
  service.kill('SIGTERM')
  expect(await service.code()).toBe(0)
  return [...new Set([...service.said().matchAll(/<([\w-]+)>/g)].map(([, found]) => found ?? ''))]
}

test('without an endpoint nothing of OpenTelemetry is loaded but what the metrics library brings', async ({
  stack,
}) => {
  const services = ['ingress', 'dispatcher', 'api'] as const
  const loaded = await Promise.all(services.map((name) => loadedBy(name, stack)))

  expect(loaded.flat().filter((name) => name !== 'api')).toEqual([])
  await using receiver = await receiveOtlp()
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url }
  expect(await loadedBy('ingress', stack, env)).toContain('sdk-trace')
})
