import path from 'node:path'
import { z } from 'zod'
import type { BlobStore } from './blobs.ts'
import { createDiskBlobs } from './disk-blobs.ts'
import { createS3Blobs, type S3Config } from './s3-blobs.ts'

/** Variables of whoever reads or writes files; spread them into a service's own. */
export const mediaStoreEnv = {
  MEDIA_STORE: z.enum(['disk', 's3']).default('disk'),
  S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  S3_BUCKET: z.string().min(1).optional(),
  S3_REGION: z.string().min(1).default('us-east-1'),
  S3_ACCESS_KEY_ID: z.string().min(1).optional(),
  S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
  S3_PATH_STYLE: z.enum(['true', 'false']).default('true'),
}

type Read = z.output<z.ZodObject<typeof mediaStoreEnv>>

export type MediaStore = { kind: 'disk' } | ({ kind: 's3' } & S3Config)

/** A rule for the schema they were spread into. */
export function refuseHalfS3(read: Read, context: z.RefinementCtx): void {
  if (read.MEDIA_STORE === 'disk') return
  for (const name of neededForS3) {
    if (read[name] !== undefined) continue
    context.addIssue({ code: 'custom', path: [name], message: 'is needed with MEDIA_STORE=s3' })
  }
}

const neededForS3 = [
  'S3_ENDPOINT',
  'S3_BUCKET',
  'S3_ACCESS_KEY_ID',
  'S3_SECRET_ACCESS_KEY',
] as const

export function toMediaStore(read: Read): MediaStore {
  if (read.MEDIA_STORE === 'disk') return { kind: 'disk' }
  return {
    kind: 's3',
    endpoint: read.S3_ENDPOINT ?? '',
    bucket: read.S3_BUCKET ?? '',
    region: read.S3_REGION,
    accessKeyId: read.S3_ACCESS_KEY_ID ?? '',
    secretAccessKey: read.S3_SECRET_ACCESS_KEY ?? '',
    pathStyle: read.S3_PATH_STYLE === 'true',
  }
}

export function createBlobs(store: MediaStore, dataFolder: string): BlobStore {
  return store.kind === 's3'
    ? createS3Blobs(store)
    : createDiskBlobs(path.join(dataFolder, 'media'))
}
