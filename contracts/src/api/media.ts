import { z } from 'zod'
import { type Endpoint } from '../http.ts'
import { media } from './messages.ts'

/** Twilio's limit on everything attached to one text. */
export const maxMediaBytes = 5_000_000

/**
 * The bytes are the request's body, so `POST` is not described by a JSON schema here:
 * `Content-Type` is the picture's type, `X-File-Name` its name (URI-encoded, optional).
 * `GET /api/media/:id` gives the bytes to a signed-in browser; `GET /api/media/link/:token/:fileName`
 * gives them to Twilio for a day.
 */
export const mediaEndpoints = {
  upload: {
    method: 'POST',
    path: '/api/media',
    summary: 'Upload a file to attach to a text: raw bytes, 5 MB at most',
    access: 'user',
    reply: media,
  },
} as const satisfies Record<string, Endpoint>

export const mediaPath = (id: string) => `/api/media/${id}`
export const mediaLinkPath = (token: string, fileName: string) =>
  `/api/media/link/${token}/${encodeURIComponent(fileName)}`
export const mediaId = z.object({ id: z.uuid() })
