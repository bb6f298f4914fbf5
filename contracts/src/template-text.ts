/** A piece of a template's text: words, or a variable by its name. */
type TemplatePart = { text: string } | { variable: string }

/** `{{1}}` or `{{first_name}}`, as Twilio writes them. */
const placeholder = /\{\{\s*(\w+)\s*\}\}/g

export function templateParts(body: string): TemplatePart[] {
  const parts: TemplatePart[] = []
  let end = 0
  for (const found of body.matchAll(placeholder)) {
    if (found.index > end) parts.push({ text: body.slice(end, found.index) })
    parts.push({ variable: found[1] ?? '' })
    end = found.index + found[0].length
  }
  if (end < body.length) parts.push({ text: body.slice(end) })
  return parts
}

/** The names of its variables, in the order in which they are read. */
export function variablesOf(body: string): string[] {
  const names = templateParts(body).flatMap((part) => ('variable' in part ? [part.variable] : []))
  return [...new Set(names)]
}

/** What the phone shows. A variable without a value stays as it is. */
export function fillTemplate(body: string, values: Readonly<Record<string, string>>): string {
  return templateParts(body)
    .map((part) => {
      if ('text' in part) return part.text
      return Object.hasOwn(values, part.variable)
        ? (values[part.variable] ?? '')
        : `{{${part.variable}}}`
    })
    .join('')
}

/** Why WhatsApp would not take a value; undefined when it does. To be read after the variable's name. */
export function valueProblem(value: string): string | undefined {
  if (value.trim() === '') return 'is empty'
  if (/[\n\r\t]/.test(value)) return 'has a line break or a tab, which WhatsApp does not take'
  if (/ {5}/.test(value)) return 'has more than four spaces in a row, which WhatsApp does not take'
  return undefined
}
