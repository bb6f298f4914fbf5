import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** Keeps what people wrote unreadable to whoever reads the store it waits in. */
export interface Seal {
  seal: (content: unknown) => string
  /** Throws when none of the secrets sealed it, or when somebody changed it. */
  open: (sealed: string) => unknown
}

const algorithm = 'aes-256-gcm'
const ivBytes = 12
const tagBytes = 16

/** Seals with the first secret and opens with any, so that a secret can be rotated while things wait. */
export function createSeal(secrets: readonly [string, ...string[]], purpose: string): Seal {
  const [first, ...others] = secrets
  const key = keyOf(first, purpose)
  const keys = [key, ...others.map((secret) => keyOf(secret, purpose))]
  return {
    seal(content) {
      const iv = randomBytes(ivBytes)
      const cipher = createCipheriv(algorithm, key, iv)
      const text = cipher.update(JSON.stringify(content), 'utf8')
      return Buffer.concat([iv, text, cipher.final(), cipher.getAuthTag()]).toString('base64')
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64')
      for (const each of keys) {
        const text = decipher(bytes, each)
        if (text !== undefined) return JSON.parse(text) as unknown
      }
      throw new Error('sealed with a secret that is not known here')
    },
  }
}

function keyOf(secret: string, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', purpose, 32))
}

function decipher(bytes: Buffer, key: Uint8Array): string | undefined {
  if (bytes.length < ivBytes + tagBytes) return undefined
  const opening = createDecipheriv(algorithm, key, bytes.subarray(0, ivBytes), {
    authTagLength: tagBytes,
  })
  opening.setAuthTag(bytes.subarray(-tagBytes))
  const text = opening.update(bytes.subarray(ivBytes, -tagBytes))
  try {
    return Buffer.concat([text, opening.final()]).toString('utf8')
  } catch {
    // Not this key, or not as it was sealed: the tag tells both.
    return undefined
  }
}
