import { AppError } from '@partyline/contracts/errors'
import { sniffMediaType } from '@partyline/kit/media-type'
import { hasTooManyPixels } from '@partyline/kit/picture-size'

export async function readMediaType(bytes: Buffer): Promise<string> {
  const type = await sniffMediaType(bytes)
  if (hasTooManyPixels(bytes)) {
    throw new AppError('body_too_large', 'This picture has too many pixels. Make it smaller first.')
  }
  if (type !== undefined) return type
  throw new AppError(
    'unsupported_media_type',
    'Texts can carry pictures, sound, video, PDF files and contact cards. This file is none of them.',
  )
}
