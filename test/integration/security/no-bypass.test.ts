import { expect } from 'vitest'
import { runService } from '../../support/run-service.ts'
import { test } from '../../support/stack.ts'
import { signedForm, textParams } from '../../support/webhook.ts'

const path = '/webhooks/twilio/messages'

/** What other products and frameworks read to let anything in. */
const flags = Object.fromEntries(
  [
    ...['TWILIO_VALIDATE', 'TWILIO_VALIDATE_SIGNATURE', 'VALIDATE_SIGNATURE', 'VERIFY_SIGNATURES'],
    ...['SKIP_SIGNATURE', 'SKIP_SIGNATURE_VALIDATION', 'DISABLE_SIGNATURE_VALIDATION'],
    ...['WEBHOOK_VALIDATION', 'DEV', 'DEBUG', 'TEST', 'CI', 'INSECURE', 'ALLOW_UNSIGNED'],
  ].map((name) => [
    name,
    /SKIP|DISABLE|DEV|DEBUG|TEST|CI|INSECURE|ALLOW/.test(name) ? '1' : 'false',
  ]),
)

test.for(['production', 'development', 'test'])(
  'S7: with NODE_ENV=%s no variable lets an unsigned webhook in',
  async (mode, { stack }) => {
    await using ingress = await runService('ingress', stack, { env: { ...flags, NODE_ENV: mode } })
    await expect.poll(ingress.said, { timeout: 40_000 }).toContain('"msg":"started"')
    const send = async (token?: string) => {
      const { headers, body } = signedForm(path, textParams(), token === undefined ? {} : { token })
      return (await fetch(ingress.url + path, { method: 'POST', headers, body })).status
    }
    const unsigned = await fetch(ingress.url + path, {
      method: 'POST',
      body: new URLSearchParams(textParams()),
    })

    expect(unsigned.status).toBe(403)
    expect(await send('another token')).toBe(403)
    expect(await send()).toBe(200)
  },
)

test.for(['', ' '])(
  'S7: the ingress does not start with the auth token %j',
  async (token, { stack }) => {
    await using ingress = await runService('ingress', stack, { env: { TWILIO_AUTH_TOKEN: token } })

    expect(await ingress.code()).toBe(1)
    expect(ingress.said()).toContain('TWILIO_AUTH_TOKEN')
  },
)
