import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline, Readable } from 'node:stream'
import { downloadMedia } from '@partyline/dispatcher/twilio/download-media'
import { expect, test } from 'vitest'
import { account, freshSid } from '../../support/webhook.ts'

const png = Buffer.concat([
  Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
  Buffer.alloc(64),
])
const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

/** Somebody in Twilio's place, who answers however they like. */
async function inTwiliosPlace(answer: (request: IncomingMessage, reply: ServerResponse) => void) {
  const asked: { url: string; authorization: string | undefined }[] = []
  const server = createServer((request, reply) => {
    asked.push({ url: request.url ?? '', authorization: request.headers.authorization })
    answer(request, reply)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const twilio = {
    accountSid: account.sid,
    username: account.sid,
    password: account.token,
    apiUrl: `http://127.0.0.1:${port}`,
  }
  return {
    asked,
    port,
    fetch: (timeoutMs?: number) => downloadMedia(twilio, freshSid('MM'), 'ME1', timeoutMs),
    [Symbol.dispose]: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

const sendTo = (location: string) => (_request: IncomingMessage, reply: ServerResponse) =>
  void reply.writeHead(302, { location }).end()
const send =
  (bytes: Buffer | string, type: string) => (_: IncomingMessage, reply: ServerResponse) =>
    void reply.writeHead(200, { 'content-type': type }).end(bytes)

test('S32: only the API’s own address is asked, with our credentials', async () => {
  using twilio = await inTwiliosPlace(send(png, 'image/png'))

  expect(await twilio.fetch()).toMatchObject({ outcome: 'stored', contentType: 'image/png' })
  expect(twilio.asked).toHaveLength(1)
  expect(twilio.asked[0]?.url).toMatch(`/2010-04-01/Accounts/${account.sid}/Messages/MM`)
})

test('S32: a redirect into this machine, this network or a cloud’s metadata is not followed', async () => {
  using inside = await inTwiliosPlace(send(png, 'image/png'))
  for (const location of [
    `http://127.0.0.1:${inside.port}/secret`,
    `https://127.0.0.1:${inside.port}/secret`,
    `https://localhost:${inside.port}/secret`,
    `http://localhost:${inside.port}/secret`,
    `//localhost:${inside.port}/secret`,
    'http://169.254.169.254/latest/meta-data/',
    'https://169.254.169.254/latest/meta-data/',
  ]) {
    using twilio = await inTwiliosPlace(sendTo(location))
    expect(await twilio.fetch()).toMatchObject({ outcome: 'gone', reason: /not public/ })
  }
  expect(inside.asked).toEqual([])
})

test('S32: two redirects are followed and a third is not', async () => {
  let left = 2
  using patient = await inTwiliosPlace((request, reply) => {
    if (left === 0) return send(png, 'image/png')(request, reply)
    left -= 1
    sendTo(`/moved/${left}`)(request, reply)
  })
  using endless = await inTwiliosPlace(sendTo('/again'))

  expect(await patient.fetch()).toMatchObject({ outcome: 'stored' })
  expect(await endless.fetch()).toMatchObject({ outcome: 'gone', reason: /too often/ })
  expect(endless.asked).toHaveLength(3)
})

test('S32: a body without end and a picture too large for a text are given up', async () => {
  let sent = 0
  using endless = await inTwiliosPlace((_request, reply) => {
    const chunk = Buffer.alloc(1_000_000)
    const body = new Readable({
      read() {
        sent += chunk.length
        this.push(chunk)
      },
    })
    pipeline(body, reply, () => undefined)
  })
  using large = await inTwiliosPlace(send(Buffer.concat([png, Buffer.alloc(6_000_000)]), 'x/y'))

  expect(await endless.fetch()).toMatchObject({ outcome: 'gone', reason: /larger/ })
  expect(sent).toBeLessThan(40_000_000)
  expect(await large.fetch()).toMatchObject({ outcome: 'gone', reason: /picture larger/ })
})

test('S34: a picture of few bytes that unfolds into 30,000 × 30,000 points is given up', async () => {
  const bomb = Buffer.from(png)
  bomb.writeUInt32BE(30_000, 16)
  bomb.writeUInt32BE(30_000, 20)
  using twilio = await inTwiliosPlace(send(bomb, 'image/png'))

  expect(await twilio.fetch()).toMatchObject({ outcome: 'gone', reason: /pixels/ })
})

test('S32: who answers too slowly is asked again later, and holds nothing up', async () => {
  using silent = await inTwiliosPlace(() => undefined)
  using dripping = await inTwiliosPlace((_request, reply) => {
    reply.writeHead(200, { 'content-type': 'image/png' })
    const timer = setInterval(() => reply.write('x'), 20)
    reply.on('close', () => clearInterval(timer))
  })
  const began = performance.now()

  expect(await silent.fetch(300)).toMatchObject({ outcome: 'later' })
  expect(await dripping.fetch(300)).toMatchObject({ outcome: 'later' })
  expect(performance.now() - began).toBeLessThan(3_000)
})

test('S34: what a file is, its bytes say: neither its header nor what is hidden behind a picture counts', async () => {
  const typeOf = async (bytes: Buffer | string, header: string) => {
    using twilio = await inTwiliosPlace(send(bytes, header))
    const file = await twilio.fetch()
    return file.outcome === 'stored' ? file.contentType : file.outcome
  }
  const polyglot = Buffer.concat([Buffer.from('GIF89a/*\0\0'), Buffer.from(`*/=1;${svg}`)])

  expect(await typeOf(svg, 'image/png')).toBe('application/octet-stream')
  expect(await typeOf(svg, 'image/svg+xml')).toBe('application/octet-stream')
  expect(await typeOf(`<?xml version="1.0"?>${svg}`, 'image/svg+xml')).toBe(
    'application/octet-stream',
  )
  expect(await typeOf('<!doctype html><script>alert(1)</script>', 'text/html')).toBe(
    'application/octet-stream',
  )
  expect(await typeOf(png, 'text/html')).toBe('image/png')
  expect(await typeOf(polyglot, 'text/html')).toBe('image/gif')
  expect(await typeOf('BEGIN:VCARD\nEND:VCARD', 'text/html')).toBe('text/vcard')
})
