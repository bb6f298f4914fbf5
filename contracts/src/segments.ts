const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡' +
  'ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
const extension = '\f^{}\\[~]|€'

const septets = new Map<string, number>([
  ...Array.from(basic, (character) => [character, 1] as const),
  ...Array.from(extension, (character) => [character, 2] as const),
])

/** One unit is a septet in GSM-7 and a UTF-16 code unit in UCS-2. A split text loses room to a header. */
const room = {
  'GSM-7': { single: 160, split: 153 },
  'UCS-2': { single: 70, split: 67 },
} as const

export type SmsEncoding = keyof typeof room

export interface SegmentCount {
  encoding: SmsEncoding
  segments: number
  units: number
  unitsPerSegment: number
  /** What can still be typed before another segment begins. */
  unitsLeft: number
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** How a text is cut into SMS segments, which is what carriers limit and charge. An empty text is one. */
export function countSegments(body: string): SegmentCount {
  const pieces = splitPieces(body)
  const encoding = pieces.every(isPlainPiece) ? 'GSM-7' : 'UCS-2'
  const sizes = pieces.map((piece) =>
    encoding === 'GSM-7' ? (septets.get(piece) ?? 1) : piece.length,
  )
  const units = sizes.reduce((sum, size) => sum + size, 0)
  const { single, split: perPart } = room[encoding]
  if (units <= single) {
    return { encoding, segments: 1, units, unitsPerSegment: single, unitsLeft: single - units }
  }
  return { encoding, units, unitsPerSegment: perPart, ...pack(sizes, perPart) }
}

/** Whether it has a place in the plain alphabet of phones (GSM-7). One that has not makes all of it Unicode. */
export const isPlainPiece = (piece: string): boolean => septets.has(piece)

/** What people see as one character each. CR LF is one grapheme to Unicode and two characters to a phone. */
export function splitPieces(body: string): string[] {
  return Array.from(graphemes.segment(body), ({ segment }) => segment).flatMap((piece) =>
    piece === '\r\n' ? ['\r', '\n'] : [piece],
  )
}

/** A piece (an escape pair, an emoji with its modifiers) moves to the next segment whole. */
function pack(sizes: number[], capacity: number): { segments: number; unitsLeft: number } {
  let segments = 1
  let unitsLeft = capacity
  for (const size of sizes) {
    if (size > unitsLeft) {
      segments += 1
      unitsLeft = capacity
    }
    unitsLeft = Math.max(0, unitsLeft - size)
  }
  return { segments, unitsLeft }
}
