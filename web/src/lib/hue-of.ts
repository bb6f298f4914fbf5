import { labelColors, type LabelColor } from '@partyline/contracts/label-colors'

const hues = labelColors.filter((color) => color !== 'gray' && color !== 'red')

/** A name has the same hue everywhere. Red is left to what failed. */
export function hueOf(name: string): LabelColor {
  const sum = Array.from(name).reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 9973, 7)
  return hues[sum % hues.length] ?? 'gray'
}
