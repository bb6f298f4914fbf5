const known = ['first name', 'name', 'my name', 'line']
const wellFormed = new RegExp(`^\\{(${known.join('|')})(\\|[^{}]*)?\\}$`, 'i')
const words = known.map((name) => `{${name}}`)

/** What is wrong with the placeholders of a saved reply; nothing would ever fill in an unknown one. */
export function placeholderProblem(text: string): string | undefined {
  const unknown = text.match(/\{+[^{}\n]*\}+/g)?.find((found) => !wellFormed.test(found))
  if (unknown === undefined) return undefined
  return `${unknown} is not a placeholder. There are ${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}.`
}
