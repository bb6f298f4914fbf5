import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { createHttp } from '@partyline/kit/http'
import { createLog } from '@partyline/kit/log'
import { expect } from 'vitest'
import { runIngress } from '../../support/run-ingress.ts'
import { test } from '../../support/stack.ts'
import { account, signedForm, textParams } from '../../support/webhook.ts'

const path = '/webhooks/twilio/messages'

test('S8: a thousand good webhooks at once from one address are all taken', async ({ stack }) => {
  await using ingress = await runIngress(stack)

  const answers = await Promise.all(
    Array.from({ length: 1_000 }, () => ingress.http.inject(signedForm(path, textParams()))),
  )

  expect(answers.filter(({ statusCode }) => statusCode !== 200)).toEqual([])
})

test('S8 S48: a flood of bad webhooks hides nobody else’s, and a good one from there is taken', async ({
  stack,
}) => {
  await using ingress = await runIngress(stack)
  const send = (remoteAddress: string, token: string, forwarded: string) => {
    const { headers, ...request } = signedForm(path, textParams(), { token })
    const from = { ...headers, 'x-forwarded-for': forwarded }
    return ingress.http.inject({ ...request, headers: from, remoteAddress })
  }
  const statuses = new Set<number>()
  const madeUp = Array.from({ length: 200 }, (_, n) => `198.51.100.${n}`)
  for (const address of madeUp) statuses.add((await send('203.0.113.9', 'bad', address)).statusCode)
  const notes = () => stack.redis.llen(`${stack.prefix}:refused-webhooks`)

  expect([...statuses]).toEqual([403])
  await expect.poll(notes).toBe(20)
  expect((await send('203.0.113.9', account.token, '198.51.100.1')).statusCode).toBe(200)
  await send('203.0.113.10', 'bad', '203.0.113.9')
  await expect.poll(notes).toBe(21)
  // Our own proxy says who it is: one that floods through it does not hide another.
  for (const address of madeUp.slice(0, 5)) await send('127.0.0.1', 'bad', address)
  await expect.poll(notes).toBe(26)
})

test('S9: whoever sends a request drop by drop is cut off, and others are served meanwhile', async ({
  stack,
}) => {
  await using ingress = await runIngress(stack)
  await ingress.http.listen({ port: 0, host: '127.0.0.1' })
  const { port } = ingress.http.server.address() as AddressInfo
  const slow = connect(port, '127.0.0.1')
  const closed = new Promise((resolve) => slow.on('error', () => undefined).on('close', resolve))
  slow.resume().write(`POST ${path} HTTP/1.1\r\nhost: hub\r\ncontent-length: 1000\r\n`)
  const drip = setInterval(() => slow.writable && slow.write('x: y\r\n'), 500)

  expect((await ingress.http.inject(signedForm(path, textParams()))).statusCode).toBe(200)
  expect(ingress.http.server.requestTimeout).toBe(10_000)
  await closed.finally(() => clearInterval(drip))
})

test('S46: what breaks is told in general words with the request’s id, never how', async () => {
  const http = createHttp(createLog('test', 'silent'))
  http.get('/breaks', async () => {
    throw new Error('select secret from safe failed at /srv/app/file.ts')
  })

  const answer = await http.inject('/breaks')

  expect(answer.statusCode).toBe(500)
  expect(answer.json()).toEqual({
    error: {
      code: 'internal',
      message: 'Something went wrong on our side.',
      requestId: answer.headers['x-request-id'],
    },
  })
  expect((await http.inject('/nowhere')).statusCode).toBe(404)
  await http.close()
})
