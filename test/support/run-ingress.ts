import { type Deps, createIngress } from '@partyline/ingress/ingress'
import type { Stack } from './stack.ts'
import { account, publicUrl } from './webhook.ts'

export function ingressConfig(stack: Stack, given: Partial<Deps['config']> = {}): Deps['config'] {
  return {
    publicUrl,
    accountSid: account.sid,
    authTokens: [account.token],
    trustedProxies: ['loopback'],
    redis: { prefix: stack.prefix },
    ...given,
  }
}

/** The ingress on a test's own stack, asked through `http.inject`; any part of it may be another. */
export async function runIngress(stack: Stack, given: Partial<Deps> = {}) {
  const ingress = createIngress({
    config: ingressConfig(stack),
    log: stack.log,
    tracing: stack.tracing,
    db: stack.dbs.ingress,
    redis: stack.redis,
    producer: stack.producer,
    ...given,
  })
  await ingress.start()
  return { http: ingress.http, [Symbol.asyncDispose]: () => ingress.stop() }
}
