import { type Deps, createIngress } from '@partyline/ingress/ingress'
import type { Stack } from './stack.ts'
import { account, publicUrl } from './webhook.ts'

/** The ingress on a test's own stack, asked through `http.inject`; any part of it may be another. */
export async function runIngress(stack: Stack, given: Partial<Deps> = {}) {
  const ingress = createIngress({
    config: {
      publicUrl,
      accountSid: account.sid,
      authTokens: [account.token],
      redis: { prefix: stack.prefix },
    },
    log: stack.log,
    db: stack.db,
    redis: stack.redis,
    producer: stack.producer,
    ...given,
  })
  await ingress.start()
  return { http: ingress.http, [Symbol.asyncDispose]: () => ingress.stop() }
}
