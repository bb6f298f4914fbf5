import { randomBytes } from 'node:crypto'
import { statfs } from 'node:fs/promises'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { createBlobs, type MediaStore } from '@partyline/kit/media-store'
import { type Finding, right, wrong } from './finding.ts'
import { whyOf } from './why-of.ts'

const about = 'Media'
const tightBytes = 500 * 1_048_576

/** Puts a small file where pictures go, reads it and takes it away again. */
export async function checkMedia(store: MediaStore, dataFolder: string): Promise<Finding[]> {
  const folder = path.join(dataFolder, 'media')
  const where = store.kind === 's3' ? `the bucket ${store.bucket} at ${store.endpoint}` : folder
  const blobs = createBlobs(store, dataFolder)
  const bytes = randomBytes(64)
  try {
    const key = await blobs.put(bytes)
    const read = await buffer(await blobs.read(key)).finally(() => blobs.delete(key))
    if (!read.equals(bytes)) throw new Error('what was read is not what was written')
  } catch (error) {
    const step =
      store.kind === 's3'
        ? 'Check the S3 variables, and that the key may put, get and delete objects there.'
        : 'Let the user that Partyline runs as write there (PARTYLINE_DATA names the folder above it).'
    return [wrong(about, `Files cannot be kept in ${where}: ${whyOf(error)}.`, step)]
  }
  const kept = right(about, `Files are kept in ${where}.`)
  return store.kind === 's3' ? [kept] : [await room(folder, kept)]
}

async function room(folder: string, kept: Finding): Promise<Finding> {
  const { bavail, bsize } = await statfs(folder)
  const free = bavail * bsize
  if (free > tightBytes) return kept
  const says = `Only ${Math.round(free / 1_048_576)} MB are left where ${folder} is.`
  return wrong(about, says, 'Make room, or move the folder to a larger disk.')
}
