import type { FastifyRequest } from 'fastify'
import { AppError } from '@partyline/contracts/errors'
import type { WebhookParams } from '@partyline/contracts/jobs'
import type { Config } from './config.ts'
import { field } from './form.ts'
import { findMatchingUrl } from './matching-url.ts'
import type { RefusalLog } from './refusals.ts'
import { isSignedByTwilio } from './signature.ts'

/** What the content parsers leave on the request. */
export interface WebhookBody {
  params: WebhookParams
  json?: string
}

/** Lets a request pass that Twilio signed for our account; anything else is 403 and in the webhook log. */
export function createVerify(
  config: Pick<Config, 'publicUrl' | 'accountSid' | 'authTokens'>,
  refusals: RefusalLog,
  good: { note(route: string | undefined): void },
) {
  return async (request: FastifyRequest): Promise<void> => {
    const body = request.body as WebhookBody | undefined
    const url = config.publicUrl + (request.raw.url ?? '')
    const signature = header(request, 'x-twilio-signature')
    const params = body?.params ?? {}
    const json = body?.json
    const signed = { signature, url, params, ...(json !== undefined && { json }) }
    if (!isSignedByTwilio(signed, config.authTokens)) {
      const reason = signature ? 'bad signature' : 'no signature'
      refusals.add({ url, reason }, request.ip, () =>
        findMatchingUrl(signed, request.headers, config.authTokens),
      )
      throw new AppError(
        'bad_signature',
        'The X-Twilio-Signature header does not match. Check that PUBLIC_URL is the address set at Twilio and that TWILIO_AUTH_TOKEN is current.',
      )
    }
    const account = field(params, 'AccountSid')
    if (json === undefined && account !== config.accountSid) {
      refusals.add({ url, reason: 'foreign account' }, request.ip)
      throw new AppError('wrong_account', 'This AccountSid is not the one configured here.')
    }
    good.note(request.routeOptions.url)
  }
}

function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name]
  return Array.isArray(value) ? value[0] : value
}
