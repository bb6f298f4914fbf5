import { AppError } from '@partyline/contracts/errors'
import { sniffMediaType } from '@partyline/kit/media-type'

export async function readMediaType(bytes: Buffer): Promise<string> {
  const type = await sniffMediaType(bytes)
  if (type !== undefined) return type
  throw new AppError(
    'unsupported_media_type',
    'Texts can carry pictures, sound, video, PDF files and contact cards. This file is none of them.',
  )
}
