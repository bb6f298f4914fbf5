/** How a formula begins, in the wide letters of Asian keyboards too. */
const formula = /^[=+\-@＝＋－＠\t\r\n]/

/** One line of a CSV file (RFC 4180). Whatever a spreadsheet would take for a formula is text. */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(toCell).join(',')}\r\n`
}

function toCell(value: string | number | null): string {
  if (typeof value === 'number') return String(value)
  const text = value ?? ''
  const safe = formula.test(text) ? `'${text}` : text
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
