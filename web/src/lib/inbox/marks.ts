export interface Piece {
  text: string
  marked: boolean
}

/** A text in pieces, those at the given places marked. */
export function markPlaces(
  text: string,
  places: readonly { start: number; end: number }[],
): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const { start, end } of places) {
    if (start < at || end <= start) continue
    if (start > at) pieces.push({ text: text.slice(at, start), marked: false })
    pieces.push({ text: text.slice(start, end), marked: true })
    at = end
  }
  if (at < text.length) pieces.push({ text: text.slice(at), marked: false })
  return pieces
}

/** Marks where a name has what was looked for; a number also where its digits do. */
export function markFound(text: string, q: string): Piece[] {
  const start = text.toLowerCase().indexOf(q.toLowerCase())
  if (q !== '' && start >= 0) return markPlaces(text, [{ start, end: start + q.length }])
  const digits = q.replaceAll(/\D/g, '')
  const places = Array.from(text.matchAll(/\d/g), ({ index }) => index)
  const found = places
    .map((index) => text[index])
    .join('')
    .indexOf(digits)
  const [first, last] = [places[found], places[found + digits.length - 1]]
  if (digits.length < 2 || found < 0 || first === undefined || last === undefined) {
    return [{ text, marked: false }]
  }
  return markPlaces(text, [{ start: first, end: last + 1 }])
}
