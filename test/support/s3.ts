import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { S3Config } from '@partyline/kit/s3-blobs'
import S3rver from 's3rver'

/** A server that speaks S3, on this machine, with one empty bucket. */
export async function startS3() {
  await using starting = new AsyncDisposableStack()
  const directory = await mkdtemp(path.join(os.tmpdir(), 'partyline-s3-'))
  starting.defer(() => rm(directory, { recursive: true, force: true }))
  const server = new S3rver({
    ...{ address: '127.0.0.1', port: 0, silent: true, directory },
    configureBuckets: [{ name: 'pictures', configs: [] }],
  })
  const { port } = await server.run()
  starting.defer(() => server.close())
  const config: S3Config = {
    endpoint: `http://127.0.0.1:${port}`,
    bucket: 'pictures',
    region: 'eu-central-1',
    // The only pair this server knows.
    accessKeyId: 'S3RVER',
    secretAccessKey: 'S3RVER',
    pathStyle: true,
  }
  const resources = starting.move()
  return { config, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}
