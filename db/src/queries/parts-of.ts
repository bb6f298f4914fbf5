import { type SQL, sql } from 'drizzle-orm'

/** Any text with this in it. `%` and `_` mean themselves. */
export function likePattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`
}

/** Part of a name and, where it can be one, of a number as people type them. */
export function partsOf(q: string): { name: string; digits: string | undefined } {
  const digits = q.replace(/\D/g, '')
  const byNumber = /^[\d\s()+.-]+$/.test(q) && digits !== ''
  return { name: likePattern(q), digits: byNumber ? `%${digits}%` : undefined }
}

/** Whether it is part of a name, or of an address. */
export function matches(q: string, name: SQL, address: SQL): SQL {
  const parts = partsOf(q)
  return sql`(${name} ilike ${parts.name} or ${address} ilike ${parts.digits ?? parts.name})`
}
