import { z } from 'zod'

/** How many people one request may bring. */
export const maxPeople = 2000

/** As somebody typed or pasted them; what is wrong with one is said of that row alone. */
const person = z.strictObject({
  name: z.string().trim().max(100),
  phone: z.string().trim().max(100),
})
export type Person = z.infer<typeof person>

export const people = z.array(person).min(1).max(maxPeople)

/** Why a row is not taken. */
const refusals = [
  'no_name',
  'no_phone',
  'invalid_phone',
  'own_line',
  'country_not_allowed',
  'wrong_channel',
  'repeated',
  'group_full',
  'not_yours',
] as const
export type Refusal = (typeof refusals)[number]

const row = {
  /** Its place in the request: 0, 1, 2 … */
  row: z.int(),
  address: z.string().nullable(),
  displayAddress: z.string().nullable(),
  /** Why not, for people; null when nothing is wrong. */
  reason: z.string().nullable(),
}

/** What became, or would become, of one row of a group's list. */
export const memberVerdict = z.object({
  ...row,
  verdict: z.enum(['added', 'already_member', ...refusals]),
})
export type MemberVerdict = z.infer<typeof memberVerdict>

/** What became, or would become, of one row of a list of contacts. */
export const contactVerdict = z.object({
  ...row,
  verdict: z.enum(['created', 'renamed', 'unchanged', ...refusals]),
  /** The contact's name until now. */
  nameBefore: z.string().nullable(),
})
export type ContactVerdict = z.infer<typeof contactVerdict>

/** How the members are told: of each, of all in one text, or not. Never where the group does not announce. */
export const announcing = z.enum(['each', 'summary', 'none'])
export type Announcing = z.infer<typeof announcing>

/** One text each for more than these would be a flood. */
export const maxAnnouncedEach = 10
