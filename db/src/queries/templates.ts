import { and, asc, eq, or, sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { templates, type TemplateRow } from '../schema/templates.ts'
import { decodeCursor, pageOf } from './cursor.ts'
import { likePattern } from './parts-of.ts'

/** What Twilio says of a template. */
export type SeenTemplate = Omit<TemplateRow, 'foundAt'>

export async function findTemplate(db: Db, sid: string): Promise<TemplateRow | undefined> {
  const [found] = await db.select().from(templates).where(eq(templates.sid, sid))
  return found
}

/** Approved, and nothing but text. */
export const isSendable = and(
  eq(templates.status, 'approved'),
  eq(templates.contentType, 'twilio/text'),
)

const sortName = sql<string>`lower(${templates.name})`

export async function listTemplates(
  db: Db,
  given: { q?: string | undefined; sendable: boolean; cursor?: string | undefined; limit: number },
): Promise<{ rows: TemplateRow[]; nextCursor: string | null }> {
  const after = given.cursor && decodeCursor(given.cursor, ['text', 'text'])
  const pattern = given.q ? likePattern(given.q) : undefined
  const rows = await db
    .select({ row: templates, sortName })
    .from(templates)
    .where(
      and(
        after ? sql`(${sortName}, ${templates.sid}) > (${after[0]}, ${after[1]})` : undefined,
        pattern === undefined
          ? undefined
          : or(sql`${templates.name} ilike ${pattern}`, sql`${templates.body} ilike ${pattern}`),
        given.sendable ? isSendable : undefined,
      ),
    )
    .orderBy(asc(sortName), asc(templates.sid))
    .limit(given.limit + 1)
  const page = pageOf(rows, given.limit, (found) => [found.sortName, found.row.sid])
  return { rows: page.rows.map(({ row }) => row), nextCursor: page.nextCursor }
}

/** Keeps what a look saw, and forgets what it no longer saw. True when something is different. */
export async function keepTemplates(
  db: Db,
  startedAt: Date,
  seen: readonly SeenTemplate[],
): Promise<boolean> {
  const at = startedAt.toISOString()
  return db.transaction(async (tx) => {
    const kept = await tx.execute(sql`
      insert into templates (${columns()}, found_at)
      select ${columns()}, ${at}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(seen)}::text::jsonb) as given (
        sid text, name text, language text, category text, "contentType" text, body text,
        samples jsonb, status text, "rejectionReason" text)
      cross join lateral (select "contentType" as content_type,
        "rejectionReason" as rejection_reason) as named
      on conflict (sid) do update set found_at = excluded.found_at,
        (${columns()}) = row(${columns('excluded')})
      where templates.found_at <= excluded.found_at
        and (${columns('templates')}) is distinct from (${columns('excluded')})
    `)
    const gone = await tx.execute(sql`
      delete from templates where found_at < ${at}::timestamptz
        and sid <> all(${sql.param(seen.map(({ sid }) => sid))}::text[])
    `)
    return kept.count + gone.count > 0
  })
}

/** The columns that are seen, one after the other. */
const columns = (of?: 'excluded' | 'templates') =>
  sql.join(
    [
      ...['sid', 'name', 'language', 'category', 'content_type'],
      ...['body', 'samples', 'status', 'rejection_reason'],
    ].map((name) =>
      of ? sql`${sql.identifier(of)}.${sql.identifier(name)}` : sql.identifier(name),
    ),
    sql`, `,
  )
