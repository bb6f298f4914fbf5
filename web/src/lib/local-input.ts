/** An instant as `<input type="datetime-local">` wants it: wall time of this machine, to the minute. */
export function toLocalInput(date: Date): string {
  const two = (part: number) => String(part).padStart(2, '0')
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-')
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`
}

/** What was typed there as an instant; null while it is empty or half typed. */
export function fromLocalInput(typed: string): Date | null {
  const date = new Date(typed)
  return typed === '' || Number.isNaN(date.getTime()) ? null : date
}
