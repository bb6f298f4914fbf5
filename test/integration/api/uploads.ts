import { mediaEndpoints } from '@partyline/contracts/api/media'
import type { Client } from './client.ts'

export const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
export const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n')

export const upload = (client: Client, bytes: Buffer, headers: Record<string, string> = {}) =>
  client.ask('POST', '/api/media', bytes, headers)

/** The file that an upload made. */
export async function uploaded(
  client: Client,
  bytes: Buffer,
  headers: Record<string, string> = {},
) {
  const answer = await upload(client, bytes, headers)
  return mediaEndpoints.upload.reply.parse(JSON.parse(answer.text))
}
