import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { untilReady } from './until-ready.ts'

/** Answers 503 so often, then 200. */
async function serviceAfter(refusals: number): Promise<string> {
  let asked = 0
  const server = createServer((request, response) => {
    const ready = request.url === '/readyz' && asked++ >= refusals
    response.writeHead(ready ? 200 : 503).end('{}')
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('it waits for a service that is there and not ready yet', async () => {
  await untilReady([await serviceAfter(0), await serviceAfter(2)], 10_000)
})

test('who does not become ready is named, and nobody else', async () => {
  const ready = await serviceAfter(0)

  const waiting = untilReady([ready, 'http://localhost:1'], 10)

  await expect(waiting).rejects.toThrow('Not ready after 0.01 s: localhost. Look at their logs.')
})
