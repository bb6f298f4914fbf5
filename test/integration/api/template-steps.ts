import type { Db } from '@partyline/db/client'
import { keepTemplates, type SeenTemplate } from '@partyline/db/queries/templates'
import { sql } from 'drizzle-orm'
import { givenDirect, givenLine } from '../../support/given.ts'
import { textIn } from '../../support/text-in.ts'

const person = 'whatsapp:+14155550101'
/** Of the template that there is. */
export const templateId = `HX${'1'.repeat(32)}`
const body = 'Your {{1}} appointment is coming up on {{2}}'

export const seen: SeenTemplate = {
  ...{ sid: templateId, name: 'appointment_reminder', language: 'en', category: 'UTILITY', body },
  ...{ contentType: 'twilio/text', status: 'approved', rejectionReason: '' },
  samples: { 1: 'dentist', 2: 'July 21' },
}
export const sidOf = (digit: number) => `HX${String(digit).repeat(32)}`

export async function givenTemplates(db: Db, ...others: Partial<SeenTemplate>[]) {
  await keepTemplates(db, new Date(), [seen, ...others.map((other) => ({ ...seen, ...other }))])
}

export async function givenPlace(db: Db, { wrote = false } = {}) {
  const line = await givenLine(db, { address: 'whatsapp:+15558675310' })
  const place = await givenDirect(db, { lineId: line.id, address: person })
  if (wrote) await textIn(db, { From: person, To: line.address, Body: 'Hello' })
  return { id: place.conversationId }
}

export const lastHours = (db: Db, hours: number) =>
  db.execute(sql`update messages set created_at = now() - ${hours} * interval '1 hour'`)

let key = 0
export const said = (given: object) => ({ clientKey: `key ${(key += 1)}`, ...given })
export const template = (values: object = { 1: 'dentist', 2: 'Friday' }) =>
  said({ templateId, templateVariables: values })
