import { fileTypeFromBuffer } from 'file-type'

const known = /^(image|audio|video)\/|^application\/pdf$/
/** Pictures that are documents: what opens one may run the script in it. */
const acting = 'image/svg+xml'

/** What a file is by its first bytes; undefined when it is none of what texts carry. What its sender says counts for nothing. */
export async function sniffMediaType(bytes: Buffer): Promise<string | undefined> {
  if (bytes.subarray(0, 11).toString('latin1').toUpperCase() === 'BEGIN:VCARD') return 'text/vcard'
  const type = (await fileTypeFromBuffer(bytes))?.mime
  return type !== undefined && known.test(type) && type !== acting ? type : undefined
}
