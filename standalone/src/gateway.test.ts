import { createServer, get, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { freePort } from './free-port.ts'
import { createGateway, doorOf } from './gateway.ts'
import { assertPortFree } from './port.ts'

async function running(https = false) {
  const port = await freePort()
  const api = createServer((_request, response) => response.end('api'))
  const gateway = createGateway({
    port,
    doors: { '/api': doorOf(api) },
    web: (_request, response) => response.end('web'),
    https,
  })
  await gateway.start()
  const ask = (path: string) =>
    new Promise<{ status: number | undefined; body: string; headers: IncomingMessage['headers'] }>(
      (resolve, reject) => {
        get({ port, path, agent: false }, (answer) => {
          text(answer).then(
            (body) => resolve({ status: answer.statusCode, body, headers: answer.headers }),
            reject,
          )
        }).on('error', reject)
      },
    )
  return { port, ask, [Symbol.asyncDispose]: () => gateway.stop() }
}

test('a service answers its path and everything below it, and nothing beside it', async () => {
  await using gateway = await running()

  const bodyOf = async (path: string) => (await gateway.ask(path)).body

  expect(await bodyOf('/api')).toBe('api')
  expect(await bodyOf('/api/lines?limit=1')).toBe('api')
  expect(await bodyOf('/apiary')).toBe('web')
  expect(await bodyOf('/')).toBe('web')
})

test.each(['/healthz', '/readyz', '/metrics', '/metrics?x=1'])(
  '%s is not on the public port',
  async (path) => {
    await using gateway = await running()

    expect((await gateway.ask(path)).status).toBe(404)
  },
)

test('every answer forbids sniffing and foreign frames; https is remembered only behind https', async () => {
  await using plain = await running()
  await using secure = await running(true)

  const { headers } = await plain.ask('/')

  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'SAMEORIGIN',
  })
  expect(headers['strict-transport-security']).toBeUndefined()
  expect((await secure.ask('/')).headers['strict-transport-security']).toMatch(/max-age/)
})

test('a port in use is named, with what to do', async () => {
  await using gateway = await running()

  await expect(assertPortFree(gateway.port)).rejects.toThrow(
    `Port ${gateway.port} is in use by another program: set PORT to another one.`,
  )
})
