import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { AppError } from '@partyline/contracts/errors'

/** Where files live. Keys are content hashes, so storing twice stores once. */
export interface BlobStore {
  /** Resolves to the key once the bytes are safe. */
  put(bytes: Uint8Array): Promise<string>
  /** Resolves once its bytes can flow; rejects with `not_found` when there is no such file. */
  read(key: string): Promise<Readable>
  /** Deleting what is not there is no error. */
  delete(key: string): Promise<void>
}

export function blobKeyOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Where a blob lies below the store's root: a hash and nothing else, so never outside it. */
export function blobPathOf(key: string): string {
  if (!/^[0-9a-f]{64}$/.test(key)) throw new Error('not a blob key')
  return `${key.slice(0, 2)}/${key}`
}

export function missingBlob(cause: unknown): AppError {
  return new AppError('not_found', 'This file is no longer stored.', { cause })
}
