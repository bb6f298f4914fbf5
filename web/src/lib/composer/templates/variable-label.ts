/** `{{1}}` as "Variable 1", `{{first_name}}` as "First name". */
export function variableLabel(name: string): string {
  if (/^\d+$/.test(name)) return `Variable ${name}`
  const words = name.replaceAll('_', ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
