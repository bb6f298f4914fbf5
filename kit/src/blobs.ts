import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'

/** Where files live. Keys are content hashes, so storing twice stores once. */
export interface BlobStore {
  /** Resolves to the key once the bytes are on disk. */
  put(bytes: Uint8Array): Promise<string>
  read(key: string): Readable
  delete(key: string): Promise<void>
}

export function createDiskBlobs(folder: string): BlobStore {
  const fileOf = (key: string) => {
    if (!/^[0-9a-f]{64}$/.test(key)) throw new Error('not a blob key')
    return path.join(folder, key.slice(0, 2), key)
  }
  return {
    async put(bytes) {
      const key = createHash('sha256').update(bytes).digest('hex')
      const file = fileOf(key)
      await mkdir(path.dirname(file), { recursive: true })
      // Written aside and renamed, so a reader or a crash never sees half a file.
      const aside = `${file}.${process.pid}.${Date.now()}`
      await writeFile(aside, bytes, { flush: true })
      await rename(aside, file)
      return key
    },
    read: (key) => createReadStream(fileOf(key)),
    delete: (key) => rm(fileOf(key), { force: true }),
  }
}
