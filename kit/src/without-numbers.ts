/**
 * With its sign, as it is or as in an address, a number is one from seven digits on; without, from ten on.
 * Digits within an id, and numbers that JSON holds as such (a time), are no phone's.
 */
const numbers =
  /(?<sign>\+|%2B)\d{5,13}(?<end>\d{2})(?!\d)|(?<![\w-]|":)\d{8,13}(?<tail>\d{2})(?![\w-])|messenger:\d+/gi

/** The last two digits are left, so that whoever knows the number knows it again. */
export function withoutNumbers(text: string): string {
  return text.replace(numbers, (_whole: string, sign?: string, end?: string, tail?: string) => {
    if (sign !== undefined) return `${sign}…${end ?? ''}`
    return tail === undefined ? 'messenger:…' : `…${tail}`
  })
}
