/** What a saved reply may leave open, and what is known of it here; undefined: not known. */
export interface Known {
  'first name': string | undefined
  name: string | undefined
  'my name': string | undefined
  line: string | undefined
}

const names = ['first name', 'name', 'my name', 'line'] as const satisfies readonly (keyof Known)[]

/** `{name}` or `{name|without}`. Other braces are just text. */
const variable = new RegExp(`\\{(${names.join('|')})(?:\\|([^{}\\n]*))?\\}`, 'gi')

/** The text with every variable that is known, or says what to do without, filled in. */
export function fillVariables(text: string, known: Known): string {
  return text.replaceAll(variable, (whole, name: string, without: string | undefined) => {
    const value = known[name.toLowerCase() as keyof Known]?.trim()
    return value !== undefined && value !== '' ? value : (without?.trim() ?? whole)
  })
}

/** Where the first variable stands that nothing is known for; a text with one must not go out. */
export function openVariable(text: string): { start: number; end: number; name: string } | null {
  const found = text.matchAll(variable).next().value
  if (!found) return null
  return { start: found.index, end: found.index + found[0].length, name: found[1] ?? '' }
}

/** Somebody's first name; undefined for a number or nothing. */
export function firstNameOf(name: string | null | undefined): string | undefined {
  const first = name?.trim().split(/\s+/)[0]
  return first !== undefined && /\p{L}/u.test(first) ? first : undefined
}
