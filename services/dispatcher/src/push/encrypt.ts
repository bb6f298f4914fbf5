import { createCipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto'
import type { PushSubscriptionKeys } from '@partyline/contracts/api/push'

const recordSize = 4_096

/** Each text has its own; given only where a known result is to come of it. */
interface Chance {
  salt: Buffer
  ours: Pick<ReturnType<typeof createECDH>, 'computeSecret' | 'getPublicKey'>
}

function fresh(): Chance {
  const ours = createECDH('prime256v1')
  ours.generateKeys()
  return { salt: randomBytes(16), ours }
}

/** A text that only this browser can read, as RFC 8291 has it, in one record of `aes128gcm` (RFC 8188). */
export function encryptPush(
  text: string,
  { p256dh, auth }: PushSubscriptionKeys,
  { salt, ours }: Chance = fresh(),
): Buffer {
  const theirs = Buffer.from(p256dh, 'base64url')
  const mine = ours.getPublicKey()
  const derive = (from: Buffer, by: Buffer, info: Buffer | string, length: number) =>
    Buffer.from(hkdfSync('sha256', from, by, info, length))

  const shared = ours.computeSecret(theirs)
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), theirs, mine])
  const secret = derive(shared, Buffer.from(auth, 'base64url'), info, 32)
  const key = derive(secret, salt, 'Content-Encoding: aes128gcm\0', 16)
  const nonce = derive(secret, salt, 'Content-Encoding: nonce\0', 12)

  const cipher = createCipheriv('aes-128-gcm', key, nonce)
  // The last record ends with a 2.
  const sealed = [cipher.update(`${text}\u0002`), cipher.final(), cipher.getAuthTag()]
  const head = Buffer.alloc(5)
  head.writeUInt32BE(recordSize)
  head.writeUInt8(mine.length, 4)
  return Buffer.concat([salt, head, mine, ...sealed])
}
