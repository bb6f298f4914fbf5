import { randomUUID } from 'node:crypto'
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { blobKeyOf, blobPathOf, type BlobStore, missingBlob } from './blobs.ts'

export function createDiskBlobs(folder: string): BlobStore {
  const fileOf = (key: string) => path.join(folder, blobPathOf(key))
  return {
    async put(bytes) {
      const key = blobKeyOf(bytes)
      const file = fileOf(key)
      await mkdir(path.dirname(file), { recursive: true })
      // Written aside and renamed, so a reader or a crash never sees half a file.
      const aside = `${file}.${randomUUID()}`
      await writeFile(aside, bytes, { flush: true })
      await rename(aside, file)
      return key
    },
    async read(key) {
      try {
        const file = await open(fileOf(key))
        return file.createReadStream()
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw missingBlob(error)
        throw error
      }
    },
    delete: (key) => rm(fileOf(key), { force: true }),
  }
}
