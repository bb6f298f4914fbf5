/** A time zone in which it is about noon: what is "tomorrow" there stays so for as long as a story takes. */
export function zoneAtNoon(): string {
  const ahead = 12 - new Date().getUTCHours()
  // Their names have the sign the other way round.
  return `Etc/GMT${ahead < 0 ? '+' : '-'}${Math.abs(ahead)}`
}
