import { AppError } from '@partyline/contracts/errors'
import { fileTypeFromBuffer } from 'file-type'

const accepted = /^(image|audio|video)\/|^application\/pdf$/

/** What a file is by its first bytes. What its sender says it is counts for nothing. */
export async function readMediaType(bytes: Buffer): Promise<string> {
  if (bytes.subarray(0, 11).toString('latin1').toUpperCase() === 'BEGIN:VCARD') return 'text/vcard'
  const type = (await fileTypeFromBuffer(bytes))?.mime
  if (type !== undefined && accepted.test(type) && type !== 'image/svg+xml') return type
  throw new AppError(
    'unsupported_media_type',
    'Texts can carry pictures, sound, video, PDF files and contact cards. This file is none of them.',
  )
}
