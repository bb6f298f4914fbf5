const names = new Map([
  ['', 'nothing'],
  [' ', 'a space'],
  ['\n', 'a new line'],
  ['\t', 'a tab'],
  ['\u00A0', 'a non-breaking space'],
])

/** A character as it can be shown in a sentence, invisible ones by their name. */
export function nameOfPiece(piece: string): string {
  const known = names.get(piece)
  if (known !== undefined) return known
  if (/^[\p{Z}\s]+$/u.test(piece)) return 'a special space'
  return /^\p{C}+$/u.test(piece) ? 'an invisible character' : piece
}
