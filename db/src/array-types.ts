import { makePgArray, parsePgArray } from 'drizzle-orm/pg-core/utils/array'

// A string is an array that Drizzle has written already.
const written = (value: unknown) => (Array.isArray(value) ? makePgArray(value) : value)

const array = (oid: number, element: (text: string) => unknown) => ({
  ...{ to: oid, from: [oid], serialize: written },
  parse: (text: string) => parsePgArray(text).map(element),
})

/**
 * The arrays we use, by the numbers Postgres has for them. Left to itself postgres.js asks for them on every
 * new connection, in a query that nobody awaits: a connection that was cut just then ended the process.
 * Arrays of texts are only sent: Drizzle, which would read them, drops their backslashes.
 */
export const arrayTypes = {
  smallints: array(1005, Number),
  integers: array(1007, Number),
  uuids: array(2951, String),
  texts: { to: 1009, from: [], serialize: written, parse: String },
}
