import { expect } from 'vitest'
import { runIngress } from '../../support/run-ingress.ts'
import { test } from '../../support/stack.ts'
import { signedForm, textParams } from '../../support/webhook.ts'

test('D13 E18: the webhook needs no session and no token of a form, from any origin, and its answer texts nobody', async ({
  stack,
}) => {
  await using ingress = await runIngress(stack)
  const request = signedForm('/webhooks/twilio/messages', textParams())

  const reply = await ingress.http.inject({
    ...request,
    headers: { ...request.headers, origin: 'https://elsewhere.example.com' },
  })

  expect(reply.statusCode).toBe(200)
  expect(reply.headers['content-type']).toContain('text/xml')
  expect(reply.headers['set-cookie']).toBeUndefined()
  expect(reply.body).toMatch(/<Response\s*\/>$/)
})
