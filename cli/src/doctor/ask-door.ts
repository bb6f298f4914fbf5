import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { refusedWebhooksKey } from '@partyline/contracts/webhook-notes'
import { signatureOf } from '@partyline/ingress/signature'
import type { Redis } from '@partyline/kit/redis'

/** Who answers at PUBLIC_URL. Ours keeps nothing of what it is asked. */
export type Door =
  /** `noted`: its refusal was in our Redis; undefined when that could not be read. */
  | { who: 'partyline'; accepts: true; noted: boolean | undefined }
  | { who: 'partyline'; accepts: false; why: Refused; noted: boolean | undefined }
  | { who: 'stranger'; status: number; location: string | undefined }

/** `checkedAs` is the address that our own ingress took for its own. */
type Refused = { cause: 'signature'; checkedAs: string | undefined } | { cause: 'account' }

export interface DoorDeps {
  /** What signatures are made over. */
  publicUrl: string
  /** Where to connect. */
  connectTo: string
  accountSid: string
  authToken: string
  /** Undefined when it cannot be read. */
  redis: Redis | undefined
  prefix: string
}

const path = '/webhooks/twilio/messages'
const patienceMs = 8_000
const errorBody = z.object({ error: z.object({ code: z.string() }) })

/**
 * Knocks twice. Without a signature, which ingress refuses and notes in its Redis: if that is our Redis it is
 * our ingress. And with a signature but no MessageSid, which it refuses to keep only after it took the
 * signature. The notes are taken away again.
 */
export async function askDoor(deps: DoorDeps): Promise<Door> {
  const mark = `doctor=${randomUUID()}`
  const target = `${path}?${mark}`
  const unsigned = await knock(deps, target, {})
  if (unsigned.code !== 'bad_signature') return { who: 'stranger', ...unsigned }
  const url = deps.publicUrl + target
  const signature = signatureOf(deps.authToken, url, { AccountSid: deps.accountSid })
  const signed = await knock(deps, target, { 'x-twilio-signature': signature })
  const notes = await takeNotes(deps, mark, signed.code === 'invalid_request' ? 1 : 2)
  const noted = notes && notes.length > 0
  if (signed.code === 'invalid_request') return { who: 'partyline', accepts: true, noted }
  const why: Refused =
    signed.code === 'wrong_account'
      ? { cause: 'account' }
      : { cause: 'signature', checkedAs: notes?.[0]?.url.replace(target, '') }
  return { who: 'partyline', accepts: false, why, noted }
}

async function knock(deps: DoorDeps, target: string, headers: Record<string, string>) {
  const answer = await fetch(deps.connectTo + target, {
    method: 'POST',
    headers: { 'user-agent': 'partyline-doctor', ...headers },
    body: new URLSearchParams({ AccountSid: deps.accountSid }),
    redirect: 'manual',
    signal: AbortSignal.timeout(patienceMs),
  })
  const body = errorBody.safeParse(parse(await answer.text()))
  return {
    status: answer.status,
    location: answer.headers.get('location') ?? undefined,
    code: body.data?.error.code,
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const refusal = z.object({ url: z.string() })

/** Ingress notes a refusal while it answers, so it may come a moment later. */
async function takeNotes({ redis, prefix }: DoorDeps, mark: string, expected: number) {
  if (!redis) return undefined
  const key = refusedWebhooksKey(prefix)
  const deadline = Date.now() + 1_000
  for (;;) {
    const entries = (await redis.lrange(key, 0, -1)).filter((entry) => entry.includes(mark))
    if (entries.length >= expected || Date.now() > deadline) {
      for (const entry of entries) await redis.lrem(key, 0, entry)
      return entries.map((entry) => refusal.parse(JSON.parse(entry)))
    }
    await wait(50)
  }
}
