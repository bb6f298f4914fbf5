import type { Row } from '../state/thread-messages.ts'

/** The rows of one day, whose name stays in sight while they are read. */
interface Day {
  key: string
  at: string
  rows: Row[]
}

/** A row begins a day by having one. */
export function byDay(rows: readonly Row[]): Day[] {
  const days: Day[] = []
  for (const row of rows) {
    const last = days.at(-1)
    if (row.day !== null || !last) {
      const key = new Date(row.createdAt).toDateString()
      // Backdated texts may name a day twice; a key may not be there twice.
      const again = days.some((day) => day.key === key)
      days.push({ key: again ? `${key} ${row.key}` : key, at: row.createdAt, rows: [row] })
    } else last.rows.push(row)
  }
  return days
}
