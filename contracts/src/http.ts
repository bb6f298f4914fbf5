import { z } from 'zod'

/**
 * Who may call: `public` anybody, `user` anybody signed in (rows are scoped to what that user may see),
 * `admin` admins only. Every endpoint names one; there is no default.
 */
type Access = 'public' | 'user' | 'admin'

/** One HTTP endpoint as a value: services/api serves it, web calls it, neither imports the other. */
export interface Endpoint {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  path: string
  summary: string
  access: Access
  /**
   * Whoever asks by a session must have given their password lately, else `reauth`: for what hands out
   * rights or takes much away at once. An API token is no browser that somebody left open.
   */
  needsProof?: true
  params?: z.ZodObject
  query?: z.ZodObject
  body?: z.ZodType
  reply: z.ZodType
}

/** Lists: newest or first page without a cursor; `nextCursor` is null on the last page. */
export const page = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).optional(),
})

export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() })
}

export const byId = z.object({ id: z.uuid() })
export const nothing = z.object({})
export const time = z.iso.datetime()
/** One that somebody asks for; Postgres knows no year 0, and nobody texted before there were texts. */
export const askedTime = time.refine((at) => at >= '1970', 'give a time after 1970')
