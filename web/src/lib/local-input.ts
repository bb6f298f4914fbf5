/** An instant as `<input type="datetime-local">` wants it: wall time of this machine, to the minute. */
export function toLocalInput(date: Date): string {
  return `${toLocalDay(date)}T${digits(date.getHours(), 2)}:${digits(date.getMinutes(), 2)}`
}

/** The day of an instant as `<input type="date">` wants it. */
export function toLocalDay(date: Date): string {
  // A year that is half typed is one of long ago, and no less a year.
  const year = digits(date.getFullYear(), 4)
  return [year, digits(date.getMonth() + 1, 2), digits(date.getDate(), 2)].join('-')
}

const digits = (part: number, count: number) => String(part).padStart(count, '0')

/** What was typed there as an instant; null while it is empty or half typed. */
export function fromLocalInput(typed: string): Date | null {
  const date = new Date(typed)
  return typed === '' || Number.isNaN(date.getTime()) ? null : date
}
