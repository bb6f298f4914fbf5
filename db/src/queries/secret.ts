import { createHash, randomBytes } from 'node:crypto'

/** 256 bits for whoever is to hold it; we keep its hash only. A hash is enough: nobody can guess one. */
export function newSecret(): { secret: string; hash: Buffer } {
  const secret = randomBytes(32).toString('base64url')
  return { secret, hash: hashSecret(secret) }
}

export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
