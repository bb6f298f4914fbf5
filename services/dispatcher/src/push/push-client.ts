import type { VapidKeys } from '@partyline/db/queries/push-subscriptions'
import type { DuePush } from '@partyline/db/queries/push-notices'
import { judgePushAddress } from '@partyline/kit/push-hosts'
import { reasonOf } from '@partyline/kit/reason'
import { Agent, type Dispatcher, request } from 'undici'
import type { Config } from '../config.ts'
import { publicOnly } from '../twilio/public-only.ts'
import { encryptPush } from './encrypt.ts'
import { signVapid } from './vapid.ts'

export type PushOutcome =
  | { outcome: 'told' }
  /** There is no such browser any more. */
  | { outcome: 'gone' }
  | { outcome: 'later'; reason: string; seconds: number }
  | { outcome: 'refused'; reason: string }

export interface PushClient {
  send(push: DuePush, notice: string, keys: VapidKeys): Promise<PushOutcome>
  close(): Promise<void>
}

const timeoutMs = 10_000
/** A browser that is off for longer looks into its list. */
const keptSeconds = 86_400
const maxPauseSeconds = 900

/** Posts to push services. Redirects are not followed, and of an answer no more is read than its status. */
export function createPushClient({
  publicUrl,
  pushHosts,
}: Pick<Config, 'publicUrl' | 'pushHosts'>): PushClient {
  const agents = {
    'well-known': new Agent({ connect: { lookup: publicOnly(), timeout: 5_000 } }),
    named: new Agent({ connect: { timeout: 5_000 } }),
  }
  return {
    async send({ endpoint, keys: browser, conversationId, tries }, notice, keys) {
      const kind = judgePushAddress(endpoint, pushHosts)
      if (!kind) return { outcome: 'gone' }
      try {
        const { statusCode, headers, body } = await request(endpoint, {
          method: 'POST',
          dispatcher: agents[kind],
          signal: AbortSignal.timeout(timeoutMs),
          headers: {
            authorization: signVapid(endpoint, keys, publicUrl),
            'content-encoding': 'aes128gcm',
            'content-type': 'application/octet-stream',
            ttl: String(keptSeconds),
            urgency: 'high',
            // Of one conversation a browser that was off is told once.
            topic: conversationId.replaceAll('-', ''),
          },
          body: encryptPush(notice, browser),
        })
        // Its status is the answer, however the rest of it ends.
        body.dump({ limit: 16_384 }).catch(() => undefined)
        return outcomeOf(statusCode, headers['retry-after'], tries)
      } catch (error) {
        return { outcome: 'later', reason: reasonOf(error), seconds: pauseAfter(tries) }
      }
    },
    async close() {
      await Promise.all([agents['well-known'].destroy(), agents.named.destroy()])
    },
  }
}

function outcomeOf(
  status: number,
  retryAfter: Dispatcher.ResponseData['headers'][string],
  tries: number,
): PushOutcome {
  if (status >= 200 && status < 300) return { outcome: 'told' }
  if (status === 404 || status === 410) return { outcome: 'gone' }
  const reason = `answered ${status}`
  if (status !== 429 && status < 500) return { outcome: 'refused', reason }
  const asked = Number(retryAfter) || 0
  return {
    outcome: 'later',
    reason,
    seconds: Math.min(Math.max(asked, pauseAfter(tries)), maxPauseSeconds),
  }
}

/** 5, 10, 20 … seconds. */
const pauseAfter = (tries: number) => 5 * 2 ** (tries - 1)
