import { maxMediaBytes, mediaEndpoints, mediaId } from '@partyline/contracts/api/media'
import { AppError } from '@partyline/contracts/errors'
import { findLinkedMedia, findMedia, insertUpload } from '@partyline/db/queries/uploads'
import { toMedia } from '@partyline/db/views/message'
import { at } from '@partyline/kit/http'
import { readPictureSize } from '@partyline/kit/picture-size'
import { z } from 'zod'
import { callerOf } from '../access.ts'
import type { Routes } from '../deps.ts'
import { fileHeaders } from '../file-headers.ts'
import { readRange } from '../read-range.ts'
import { readMediaType } from '../media-type.ts'
import { notFound } from '../present.ts'

const fileName = z
  .string()
  .max(1_000)
  .transform((given) =>
    decoded(given)
      .replace(/[\p{Cc}/\\]/gu, '')
      .slice(-100),
  )
  .catch('')

/** As it stands where it is no URI: a name is not worth failing for. */
function decoded(given: string): string {
  try {
    return decodeURIComponent(given)
  } catch {
    return given
  }
}

export const uploadRoutes: Routes = (http, { db, blobs }) => {
  // The body is the file, whatever the browser calls its type.
  http.removeAllContentTypeParsers()
  http.addContentTypeParser(
    '*',
    { parseAs: 'buffer', bodyLimit: maxMediaBytes },
    async (_request: unknown, bytes: Buffer) => bytes,
  )
  http.route({
    ...at(mediaEndpoints.upload),
    async handler(request, reply) {
      const bytes = request.body
      if (!Buffer.isBuffer(bytes) || bytes.length === 0) {
        throw new AppError('invalid_request', 'Send the file as the body of the request.')
      }
      const row = await insertUpload(db, {
        uploaderId: callerOf(request).user.id,
        contentType: await readMediaType(bytes),
        sizeBytes: bytes.length,
        fileName: fileName.parse(request.headers['x-file-name']) || null,
        blobKey: await blobs.put(bytes),
        ...readPictureSize(bytes),
      })
      return reply.code(201).send(toMedia(row))
    },
  })
}

export const mediaRoutes: Routes = (http, { db, blobs }) => {
  http.route({
    method: 'GET',
    url: '/api/media/:id',
    config: { access: 'user' },
    schema: { summary: 'The bytes of a file', params: mediaId },
    async handler(request, reply) {
      const viewerId = callerOf(request).user.id
      const row = await findMedia(db, { id: request.params.id, viewerId })
      if (!row?.blobKey) throw notFound('file')
      const bytes = await blobs.read(row.blobKey)
      const range = readRange(request.headers.range, row.sizeBytes)
      void reply.headers({ ...fileHeaders(row, 'private'), 'accept-ranges': 'bytes' })
      if (!range) return reply.send(bytes)
      const part = Buffer.concat(await bytes.toArray()).subarray(range.from, range.to + 1)
      const place = `bytes ${range.from}-${range.to}/${row.sizeBytes}`
      void reply.headers({ 'content-range': place, 'content-length': String(part.length) })
      return reply.code(206).send(part)
    },
  })

  http.route({
    method: 'GET',
    url: '/api/media/link/:token/:fileName',
    config: { access: 'public' },
    schema: {
      summary: 'The bytes of a file, for Twilio: works for a day from the sending',
      params: z.object({ token: z.string().max(100), fileName: z.string().max(1_000) }),
    },
    async handler({ params: { token } }, reply) {
      const row = await findLinkedMedia(db, token)
      if (!row?.blobKey) throw notFound('file')
      return reply.headers(fileHeaders(row, 'public')).send(await blobs.read(row.blobKey))
    },
  })
}
