export interface Columns {
  hasHeader: boolean
  name: number | undefined
  /** A second one that the name goes on in: the family name. */
  lastName: number | undefined
  phone: number | undefined
}

const words = {
  phone: /phone|mobile|cell|number|tel|whatsapp|sms|handy|nummer|numero|número/i,
  lastName: /last|family|surname|nachname|apellido|cognome/i,
  name: /name|contact|first|given|nombre|nome/i,
}

const isPhone = (cell: string) =>
  /^(whatsapp:)?\+?[\d\s().\-/]+$/i.test(cell) && cell.replace(/\D/g, '').length >= 7

/** Which column is what, by its heading or by what is in it. People can choose otherwise. */
export function guessColumns(rows: readonly (readonly string[])[]): Columns {
  const first = rows[0] ?? []
  const hasHeader =
    rows.length > 1 &&
    !first.some(isPhone) &&
    first.some((cell) => Object.values(words).some((word) => word.test(cell)))
  const body = (hasHeader ? rows.slice(1) : rows).slice(0, 50)
  const width = Math.max(0, ...rows.slice(0, 50).map((row) => row.length))
  const all = Array.from({ length: width }, (_, column) => column)
  const heading = (word: RegExp, but: readonly (number | undefined)[] = []) =>
    hasHeader
      ? all.find((column) => !but.includes(column) && word.test(first[column] ?? ''))
      : undefined
  const share = (column: number, test: (cell: string) => boolean) =>
    body.filter((row) => test(row[column] ?? '')).length
  const best = (test: (cell: string) => boolean, but: readonly (number | undefined)[]) =>
    all
      .filter((column) => !but.includes(column) && share(column, test) > 0)
      .sort((a, b) => share(b, test) - share(a, test))[0]

  const phone = best(isPhone, []) ?? heading(words.phone)
  const lastName = heading(words.lastName, [phone])
  const name =
    heading(words.name, [phone, lastName]) ?? best((cell) => /\p{L}/u.test(cell), [phone, lastName])
  return { hasHeader, name, lastName, phone }
}

/** The people of a table, by the columns that were chosen. */
export function peopleIn(
  rows: readonly (readonly string[])[],
  { hasHeader, name, lastName, phone }: Columns,
): { name: string; phone: string }[] {
  const cell = (row: readonly string[], column: number | undefined) =>
    column === undefined ? '' : (row[column] ?? '')
  return (hasHeader ? rows.slice(1) : rows).map((row) => ({
    name: `${cell(row, name)} ${cell(row, lastName)}`.trim().slice(0, 100),
    phone: cell(row, phone).slice(0, 100),
  }))
}
