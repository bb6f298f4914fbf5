const names = new Map([
  ['', 'nothing'],
  [' ', 'a space'],
  ['\n', 'a new line'],
  ['\t', 'a tab'],
  ['\u00A0', 'a non-breaking space'],
])

/** Those that look like the plain ones. */
const words = new Map([
  ['…', 'ellipsis'],
  ['...', 'three dots'],
  ['“', 'opening curly quote'],
  ['”', 'closing curly quote'],
  ['„', 'low curly quote'],
  ['‟', 'reversed curly quote'],
  ['″', 'double prime'],
  ['"', 'straight quote'],
  ['‘', 'single curly quote'],
  ['’', 'curly apostrophe'],
  ['‚', 'low single quote'],
  ['‛', 'reversed single quote'],
  ['′', 'prime'],
  ['ʼ', 'letter apostrophe'],
  ['`', 'backtick'],
  ['´', 'accent mark'],
  ["'", 'straight apostrophe'],
  ['‐', 'special hyphen'],
  ['‑', 'non-breaking hyphen'],
  ['‒', 'figure dash'],
  ['–', 'dash'],
  ['—', 'long dash'],
  ['―', 'horizontal bar'],
  ['−', 'minus sign'],
  ['-', 'hyphen'],
  ['•', 'bullet'],
  ['*', 'asterisk'],
])

/** What a character is called; undefined where its look says it. */
export const wordFor = (piece: string): string | undefined => words.get(piece)

/** A character as it can be shown in a sentence, invisible ones by their name. */
export function nameOfPiece(piece: string): string {
  const known = names.get(piece)
  if (known !== undefined) return known
  if (/^[\p{Z}\s]+$/u.test(piece)) return 'a special space'
  return /^\p{C}+$/u.test(piece) ? 'an invisible character' : piece
}
