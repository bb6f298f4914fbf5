import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

/** Everything that the services are made of, in one process, and what of OpenTelemetry came along. */
const program = `
  import { registerHooks } from 'node:module'
  const loaded = new Set()
  registerHooks({ load(url, context, next) {
    const [, name] = /@opentelemetry.([\\w-]+)/.exec(url) ?? []
    if (name) loaded.add(name)
    return next(url, context)
  } })
  await import('@partyline/ingress/ingress')
  await import('@partyline/dispatcher/dispatcher')
  await import('@partyline/api/api')
  await import('@partyline/realtime/realtime')
  const { loadConfig } = await import('@partyline/ingress/config')
  const { createTracing } = await import('@partyline/kit/tracing')
  const env = { DATABASE_URL: 'postgres://x', REDIS_URL: 'redis://x',
    TWILIO_ACCOUNT_SID: 'AC' + 'a'.repeat(32), TWILIO_AUTH_TOKEN: 'x' }
  const off = await createTracing('test', loadConfig(env).tracing)
  off.span('for nobody').end()
  const without = [...loaded]
  const on = { ...env, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' }
  await createTracing('test', loadConfig(on).tracing)
  console.log(JSON.stringify({ without, with: [...loaded] }))
  process.exit()`

test('without an endpoint nothing of OpenTelemetry is loaded but what the metrics library brings', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', program],
    { cwd: fileURLToPath(new URL('.', import.meta.url)) },
  )

  const loaded = JSON.parse(stdout) as { without: string[]; with: string[] }
  expect(loaded.without).toEqual(['api'])
  expect(loaded.with).toContain('sdk-trace')
})
