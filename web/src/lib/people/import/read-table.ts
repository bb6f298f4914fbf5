import Papa from 'papaparse'

export interface Table {
  rows: readonly (readonly string[])[]
  /** Where in the file each row began, from 1: empty lines are left out. */
  lines: readonly number[]
}

/** What people paste or a spreadsheet saves: separated by comma, semicolon or tab, in quotes or not. */
export function readTable(text: string): Table {
  const delimiter = guessDelimiter(text)
  const parsed = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { delimiter })
  const rows: string[][] = []
  const lines: number[] = []
  for (const [index, cells] of parsed.data.entries()) {
    const clean = cells.map((cell) => cell.trim().replace(/^'(?=[=+\-@])/, ''))
    if (clean.every((cell) => cell === '')) continue
    rows.push(clean.length === 1 ? splitLine(clean[0] ?? '') : clean)
    lines.push(index + 1)
  }
  return { rows, lines }
}

/** Whichever the lines have; a tab before a semicolon before a comma, as commas are in names as well. */
function guessDelimiter(text: string): string {
  const lines = text.split(/\r?\n/, 50).filter((line) => line.trim() !== '')
  const often = (mark: string) => lines.filter((line) => line.includes(mark)).length
  return ['\t', ';'].find((mark) => often(mark) > lines.length / 2) ?? ','
}

const phoneAtEnd = /^(.*?)[\s:–-]*((?:whatsapp:)?[+(]?\d[\d\s().+/-]{5,})$/
const phoneAtStart = /^((?:whatsapp:)?[+(]?\d[\d\s().+/-]{5,}\d)[\s:–-]+(\D.*)$/

/** A line unlike the others: `Ana; (310) 555-0111`, or with nothing between, either way round. */
function splitLine(line: string): string[] {
  const mark = ['\t', ';', '|'].find((one) => line.includes(one))
  if (mark !== undefined) return line.split(mark).map((cell) => cell.trim())
  const atStart = phoneAtStart.exec(line)
  if (atStart) return [atStart[2] ?? '', atStart[1] ?? '']
  const atEnd = phoneAtEnd.exec(line)
  if (atEnd) return [(atEnd[1] ?? '').trim(), atEnd[2] ?? '']
  return [line]
}

/** As a file that any spreadsheet opens; what it would take for a formula is text. */
export function writeTable(rows: readonly (readonly string[])[]): string {
  return Papa.unparse(rows as string[][], { escapeFormulae: true })
}
