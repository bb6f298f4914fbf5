import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { createHttp } from '@partyline/kit/http'
import { createLog } from '@partyline/kit/log'
import { expect } from 'vitest'
import { runIngress } from '../../support/run-ingress.ts'
import { test } from '../../support/stack.ts'
import { signedForm, textParams } from '../../support/webhook.ts'

const path = '/webhooks/twilio/messages'

test('S8: a thousand good webhooks at once from one address are all taken', async ({ stack }) => {
  await using ingress = await runIngress(stack)

  const answers = await Promise.all(
    Array.from({ length: 1_000 }, () => ingress.http.inject(signedForm(path, textParams()))),
  )

  expect(answers.filter(({ statusCode }) => statusCode !== 200)).toEqual([])
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
