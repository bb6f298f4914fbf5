import type { Template } from '@partyline/contracts/api/templates'
import { templateProblem } from '@partyline/contracts/template-approval'
import { variablesOf } from '@partyline/contracts/template-text'
import type { TemplateRow } from '../schema/templates.ts'

export function viewTemplate(row: TemplateRow): Template {
  const problem = templateProblem(row)
  return {
    id: row.sid,
    name: row.name,
    language: row.language,
    category: row.category,
    contentType: row.contentType,
    body: row.body,
    variables: variablesOf(row.body).map((name) => ({ name, sample: sampleOf(row, name) })),
    status: row.status,
    canSend: problem === null,
    problem,
  }
}

// A name is whatever somebody typed at Twilio, `constructor` too.
const sampleOf = ({ samples }: TemplateRow, name: string) =>
  Object.hasOwn(samples, name) ? (samples[name] ?? '') : ''
