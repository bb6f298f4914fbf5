import { isPlainPiece, splitPieces } from './segments.ts'

/** What people paste and phones charge double for, and the plain writing of it. */
const substitutes = new Map<string, string>(
  Object.entries({
    "'": '‘’‚‛′ʼ`´',
    '"': '“”„‟″«»',
    '-': '‐‑‒–—―−',
    ' ': '\u00A0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u202F\u205F\u3000\t',
    '': '\u200B\u200C\u2060\uFEFF\u00AD\u200E\u200F',
    '*': '•·∙●▪',
    '...': '…',
    '->': '→',
    '<-': '←',
    '=>': '⇒',
    '<=': '≤',
    '>=': '≥',
    '!=': '≠',
    '~': '≈',
    x: '×',
    '/': '÷⁄',
    '1/2': '½',
    '1/4': '¼',
    '3/4': '¾',
    ' deg': '°',
    TM: '™',
    '(c)': '©',
    '(R)': '®',
    '+/-': '±',
    '<': '‹',
    '>': '›',
    oe: 'œ',
    OE: 'Œ',
    l: 'ł',
    L: 'Ł',
    d: 'đð',
    D: 'ĐÐ',
    i: 'ı',
    '\n': '\u2028\u2029',
  }).flatMap(([plain, fancy]) => Array.from(fancy, (character) => [character, plain] as const)),
)

export interface CostlyPiece {
  /** Where it begins in the text. */
  index: number
  /** What a person sees as one character. */
  piece: string
  /** The plain writing of it; null where there is none, as for an emoji. */
  plain: string | null
}

/** The characters for which the whole text is charged as Unicode, in their order. */
export function costlyPieces(text: string): CostlyPiece[] {
  const found: CostlyPiece[] = []
  let index = 0
  for (const piece of splitPieces(text)) {
    if (!isPlainPiece(piece)) found.push({ index, piece, plain: plainOf(piece) })
    index += piece.length
  }
  return found
}

/** The text with each costly character written plainly, or just those of one kind. */
export function toPlain(text: string, only?: string): string {
  return splitPieces(text)
    .map((piece) => {
      if (isPlainPiece(piece) || (only !== undefined && piece !== only)) return piece
      return plainOf(piece) ?? piece
    })
    .join('')
}

/** An accent that the plain alphabet knows is kept (é), any other is left out (á). */
function plainOf(piece: string): string | null {
  const known = substitutes.get(piece)
  if (known !== undefined) return known
  const composed = piece.normalize('NFC')
  if (isPlainPiece(composed)) return composed
  const bare = piece.normalize('NFKD').replaceAll(/\p{M}/gu, '')
  return bare !== '' && splitPieces(bare).every(isPlainPiece) ? bare : null
}
