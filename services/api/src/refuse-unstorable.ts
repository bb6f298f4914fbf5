import { AppError } from '@partyline/contracts/errors'
import type { Http } from '@partyline/kit/http'

/** Half of a character, and the one that ends a string in C: Postgres keeps neither. */
const unstorable = /[\0\p{Cs}]/u

/** Refuses what Postgres could not keep or look for; after the contract has said how deep a body may be. */
export function refuseUnstorable(http: Http): void {
  http.addHook('preHandler', async ({ params, query, body }) => {
    for (const given of [params, query, body]) refuseIn(given, '')
  })
}

function refuseIn(given: unknown, field: string): void {
  if (typeof given === 'string') refuse(given, field)
  if (typeof given !== 'object' || given === null || Buffer.isBuffer(given)) return
  for (const [name, value] of Object.entries(given)) {
    refuseIn(value, field === '' ? name : `${field}.${name}`)
  }
}

function refuse(text: string, field: string): void {
  const [character] = unstorable.exec(text) ?? []
  if (character === undefined) return
  const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
  const message = `There is a character that cannot be kept (U+${code}) in “${field}”. Take it out and try again.`
  throw new AppError('invalid_request', message)
}
