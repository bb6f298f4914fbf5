import { z } from 'zod'
import type { Simulation } from '../simulation.ts'
import { typesOf } from './content-resource.ts'
import { one, type Form } from './form.ts'
import { TwilioError } from './twilio-error.ts'

interface TemplateContent {
  contentSid: string
  body: string
  mediaUrls: string[]
}

const variable = /\{\{\s*(\w+)\s*\}\}/g

/**
 * What a template of the account says with the values of a request; undefined when none is asked for. As at
 * Twilio it takes the place of Body and MediaUrl, and a value that is left out is the template's sample.
 */
export function readTemplate(sim: Simulation, form: Form): TemplateContent | undefined {
  const contentSid = one(form, 'ContentSid')
  const given = one(form, 'ContentVariables')
  if (!contentSid) {
    if (given === undefined) return undefined
    throw new TwilioError(21654, 'ContentSid Required')
  }
  const row = sim.store.templates.find(contentSid)
  if (!row) throw new TwilioError(21655, 'The ContentSid is Invalid')
  const samples = JSON.parse(row.variables) as Record<string, string>
  const values = { ...samples, ...readValues(given) }
  const [content] = Object.values(typesOf(row))
  const body = (content?.body ?? '').replaceAll(variable, (_whole, name: string) => {
    const value = values[name]
    if (value === undefined) throw invalidVariables()
    return value
  })
  return { contentSid, body, mediaUrls: content?.media ?? [] }
}

/** Neither empty nor with line breaks, tabs or more than four spaces in a row. */
const values = z.record(
  z.string(),
  z.string().refine((value) => value !== '' && !/[\n\r\t]| {5}/.test(value)),
)

function readValues(given: string | undefined): Record<string, string> {
  if (!given) return {}
  const parsed = z
    .string()
    .transform((text) => parse(text))
    .pipe(values)
    .safeParse(given)
  if (!parsed.success) throw invalidVariables()
  return parsed.data
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function invalidVariables(): TwilioError {
  return new TwilioError(21656, 'The ContentVariables Parameter is invalid')
}
