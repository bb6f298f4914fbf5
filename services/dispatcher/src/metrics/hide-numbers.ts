/** A line that nobody named is called by its number, of which metrics show the end alone. */
export function hideNumbers(name: string): string {
  return name.replace(
    /\+?\d(?:[\s().-]*\d){6,}/g,
    (number) => `…${number.replace(/\D/g, '').slice(-4)}`,
  )
}
