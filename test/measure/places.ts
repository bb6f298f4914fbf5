import type { BrowserContext } from 'playwright-core'
import type { Sql } from 'postgres'

/** What the seed made that is worth a look. */
export async function places(context: BrowserContext, sql: Sql, email: string) {
  // Whoever measures has work too.
  await sql`
    update conversations set assignee_id = (select id from users where email = ${email})
    where assignee_id = (select id from users where email = 'ben.seeded@example.com')
  `
  await sql`vacuum (analyze) conversations`
  const [found] = await sql<{ long: string; crowd: string; label: string; line: string }[]>`
    select
      (select id from conversations order by last_seq desc limit 1) as long,
      (select id from conversations where name = 'Everybody') as crowd,
      (select id from labels where name = 'Complaint') as label,
      (select id from lines where name = 'Front desk') as line
  `
  if (!found) throw new Error('this database was not seeded')
  return {
    longThread: `/c/${found.long}`,
    crowd: `/g/${found.crowd}`,
    longId: found.long,
    labelId: found.label,
    lineId: found.line,
    deepCursor: await cursorBehind(context, sql),
  }
}

/** The cursor of a page far down: the one that a page there would give, with its place replaced. */
async function cursorBehind(context: BrowserContext, sql: Sql): Promise<string> {
  const answer = await context.request.get('/api/conversations?limit=1')
  const { nextCursor } = (await answer.json()) as { nextCursor: string }
  const [deep] = await sql<{ id: string; micros: string }[]>`
    select id, (extract(epoch from last_message_at) * 1000000)::bigint::text as micros
    from conversations order by last_message_at desc
    offset (select count(*) / 2 from conversations) limit 1
  `
  if (!deep) throw new Error('this database was not seeded')
  const parts = JSON.parse(Buffer.from(nextCursor, 'base64url').toString()) as unknown[]
  parts.splice(-2, 2, deep.micros, deep.id)
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}
