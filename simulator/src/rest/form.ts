/** What a form or query parser hands over: a repeated name becomes a list. */
export type Form = Readonly<Record<string, string | string[] | undefined>>

export function toForm(parsed: unknown): Form {
  return typeof parsed === 'object' && parsed !== null ? (parsed as Form) : {}
}

/** The last value wins, as in most form parsers. */
export function one(form: Form, name: string): string | undefined {
  return many(form, name).at(-1)
}

export function many(form: Form, name: string): string[] {
  const value = Object.hasOwn(form, name) ? form[name] : undefined
  return value === undefined ? [] : [value].flat()
}
