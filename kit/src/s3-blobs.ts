import { Readable } from 'node:stream'
import { AppError } from '@partyline/contracts/errors'
import { AwsClient } from 'aws4fetch'
import { blobKeyOf, blobPathOf, type BlobStore, missingBlob } from './blobs.ts'

export interface S3Config {
  endpoint: string
  bucket: string
  region: string
  accessKeyId: string
  secretAccessKey: string
  /** The bucket in the path, as most servers besides Amazon's want it; else before the host name. */
  pathStyle: boolean
}

/** A bucket of Amazon S3, or of anything that speaks its protocol. */
export function createS3Blobs(config: S3Config, patienceMs = 10_000): BlobStore {
  const { accessKeyId, secretAccessKey, region } = config
  const client = new AwsClient({
    ...{ accessKeyId, secretAccessKey, region },
    service: 's3',
    // Whoever asks tries again: a person, or the job.
    retries: 0,
  })
  const root = rootOf(config)

  async function ask(key: string, request: RequestInit): Promise<Response> {
    const url = root + blobPathOf(key)
    // Until it answers, not until the last byte: a large file may take longer than that.
    const giveUp = new AbortController()
    const timer = setTimeout(() => giveUp.abort(new Error('no answer in time')), patienceMs)
    try {
      return await client.fetch(url, { ...request, signal: giveUp.signal })
    } catch (error) {
      throw unavailable(error)
    } finally {
      clearTimeout(timer)
    }
  }

  return {
    async put(bytes) {
      const key = blobKeyOf(bytes)
      await accepted(
        await ask(key, {
          method: 'PUT',
          body: Buffer.from(bytes),
          // The key is the hash the server checks: what was damaged on the way is not stored.
          headers: { 'x-amz-content-sha256': key },
        }),
      )
      return key
    },
    async read(key) {
      const { body } = await accepted(await ask(key, { method: 'GET' }))
      return body ? Readable.fromWeb(body) : Readable.from([])
    },
    async delete(key) {
      const answer = await ask(key, { method: 'DELETE' })
      if (answer.status !== 404) await accepted(answer)
      await answer.body?.cancel()
    },
  }
}

function rootOf({ endpoint, bucket, pathStyle }: S3Config): string {
  const url = new URL(endpoint)
  if (pathStyle) url.pathname = `${url.pathname.replace(/\/+$/, '')}/${bucket}`
  else url.hostname = `${bucket}.${url.hostname}`
  return `${url.href.replace(/\/+$/, '')}/`
}

async function accepted(answer: Response): Promise<Response> {
  if (answer.ok) return answer
  const said = (await answer.text()).slice(0, 2_000)
  const code = /<Code>(\w+)<\/Code>/.exec(said)?.[1] ?? 'no reason given'
  const reason = new Error(`the file store answered ${answer.status} (${code})`)
  // A bucket that is not there is a mistake in the settings, not a file that is gone.
  if (answer.status === 404 && code !== 'NoSuchBucket') throw missingBlob(reason)
  throw unavailable(reason)
}

/** Why is for the log; who asked learns nothing of our network. */
function unavailable(cause: unknown): AppError {
  return new AppError('unavailable', 'Files cannot be stored or read now. Try again later.', {
    cause,
  })
}
