import type { Template } from '@partyline/contracts/api/templates'
import { templateParts } from '@partyline/contracts/template-text'
import { firstNameOf } from '../variables.ts'

/** A variable right behind one of these is somebody's name. */
const greeting =
  /(?:^|[\s¡])(?:hi|hello|hey|dear|hallo|liebe[rs]?|hola|bonjour|salut|ciao|olá),?\s+$/i
const firstName = /^(?:first_?name|name|(?:customer|contact|client|user|recipient)(?:_?name)?)$/i
const fullName = /^full_?name$/i

/** What of a template's values is known beforehand: who it goes to. */
export function prefill(
  { body, language }: Pick<Template, 'body' | 'language'>,
  contactName: string | null | undefined,
): Record<string, string> {
  const first = firstNameOf(contactName)
  const known: Record<string, string> = {}
  let before = ''
  for (const part of templateParts(body)) {
    if ('text' in part) {
      before = part.text
      continue
    }
    const greeted = greeting.test(before)
    before = ''
    const name = part.variable
    if (fullName.test(name) && first !== undefined) known[name] = contactName?.trim() ?? ''
    else if (!firstName.test(name) && !greeted) continue
    else if (first !== undefined) known[name] = first
    else if (greeted && language.startsWith('en')) known[name] = 'there'
  }
  return known
}
