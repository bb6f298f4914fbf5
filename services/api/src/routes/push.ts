import { createECDH, ECDH } from 'node:crypto'
import { pushEndpoints } from '@partyline/contracts/api/push'
import { AppError } from '@partyline/contracts/errors'
import {
  publicPushKey,
  subscribePush,
  unsubscribePush,
  type VapidKeys,
} from '@partyline/db/queries/push-subscriptions'
import { at } from '@partyline/kit/http'
import { judgePushAddress } from '@partyline/kit/push-hosts'
import { type Caller, callerOf } from '../access.ts'
import type { Routes } from '../deps.ts'

export const pushRoutes: Routes = (http, { db, config }) => {
  http.route({
    ...at(pushEndpoints.key),
    handler: async () => ({ publicKey: await publicPushKey(db, makeKeys) }),
  })

  http.route({
    ...at(pushEndpoints.subscribe),
    async handler(request) {
      const sessionId = sessionOf(callerOf(request))
      const userId = callerOf(request).user.id
      const { endpoint, keys } = request.body
      if (!judgePushAddress(endpoint, config.pushHosts)) {
        throw new AppError(
          'invalid_request',
          'This browser uses a push service that Partyline does not know. Whoever runs it can name it in PUSH_HOSTS.',
        )
      }
      if (!isPoint(keys.p256dh)) throw new AppError('invalid_request', 'keys.p256dh is no key.')
      await db.transaction((tx) => subscribePush(tx, { userId, sessionId, endpoint, keys }))
      return {}
    },
  })

  http.route({
    ...at(pushEndpoints.unsubscribe),
    async handler(request) {
      await unsubscribePush(db, sessionOf(callerOf(request)))
      return {}
    },
  })
}

function sessionOf({ sessionId }: Caller): string {
  if (sessionId === undefined) {
    throw new AppError('not_allowed', 'Only a browser that is signed in can be told.')
  }
  return sessionId
}

/** What is no point of the curve could not be encrypted for. */
function isPoint(key: string): boolean {
  try {
    ECDH.convertKey(key, 'prime256v1', 'base64url')
    return true
  } catch {
    return false
  }
}

function makeKeys(): VapidKeys {
  const pair = createECDH('prime256v1')
  const publicKey = pair.generateKeys('base64url')
  // A number with zeros before it is written without them; a key is not.
  const privateKey = Buffer.alloc(32)
  const number = pair.getPrivateKey()
  number.copy(privateKey, 32 - number.length)
  return { publicKey, privateKey: privateKey.toString('base64url') }
}
