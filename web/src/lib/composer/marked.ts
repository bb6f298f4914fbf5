import type { CostlyPiece } from '@partyline/contracts/plain-text'

/** The text cut where its costly characters begin and end. */
export function marked(
  text: string,
  costly: readonly CostlyPiece[],
): { text: string; isCostly: boolean }[] {
  const parts: { text: string; isCostly: boolean }[] = []
  let from = 0
  for (const { index, piece } of costly) {
    if (index > from) parts.push({ text: text.slice(from, index), isCostly: false })
    parts.push({ text: piece, isCostly: true })
    from = index + piece.length
  }
  if (from < text.length) parts.push({ text: text.slice(from), isCostly: false })
  return parts
}
