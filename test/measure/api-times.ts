import type { BrowserContext } from 'playwright-core'
import type { Sql } from 'postgres'
import type { Measured } from './measured.ts'

const calls = 20
const listMs = 5
const searchMs = 50
const homeMs = 50

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString()

interface Case {
  what: string
  path: string
  limit: number
}

/** What each list and search costs: over HTTP, and of that in Postgres, as Postgres itself counts it. */
export async function apiTimes(
  context: BrowserContext,
  sql: Sql,
  {
    longId,
    deepCursor,
    labelId,
    lineId,
  }: Record<'longId' | 'deepCursor' | 'labelId' | 'lineId', string>,
): Promise<Measured[]> {
  const list = (what: string, query: string): Case => ({
    ...{ what: `list, ${what}`, path: `/api/conversations?${query}`, limit: listMs },
  })
  const search = (what: string, q: string): Case => ({
    ...{ what: `search, ${what}`, path: `/api/search?q=${encodeURIComponent(q)}`, limit: searchMs },
  })
  const cases = [
    list('open', 'status=open'),
    list('all, 50,000 down', `cursor=${deepCursor}`),
    list('closed', 'status=closed'),
    list('unread', 'status=open&unread=true'),
    list('mine', 'status=open&assignee=me'),
    list('unassigned', 'status=open&assignee=none'),
    list('waiting', 'status=open&waiting=true'),
    list('of a channel', 'status=open&channel=messenger'),
    list('of a line', `status=open&lineId=${lineId}`),
    list('of a label', `status=open&labelId=${labelId}`),
    list('of a label, closed', `status=closed&labelId=${labelId}`),
    list(
      'of a line, a label, unread',
      `status=open&lineId=${lineId}&labelId=${labelId}&unread=true`,
    ),
    { what: 'counts', path: '/api/conversations/counts', limit: listMs },
    {
      what: 'messages of a thread of 50,000',
      path: `/api/conversations/${longId}/messages`,
      limit: listMs,
    },
    { what: 'contacts', path: '/api/contacts', limit: listMs },
    { what: 'Home, what needs a person', path: '/api/attention', limit: homeMs },
    {
      what: 'Home, 90 days',
      path: `/api/statistics?from=${daysAgo(90)}&to=${daysAgo(0)}`,
      limit: homeMs,
    },
    search('a name', 'Longfellow'),
    search('a common name', 'Sofia'),
    search('part of a number', '415 2000'),
    search('a word in one text of ten', 'ready'),
    search('a number in few texts', '54321'),
    search('two words', 'parking hour'),
    search('nothing', 'zyxwvut'),
  ]
  const rows: Measured[] = []
  for (const one of cases) rows.push(...(await time(context, sql, one)))
  return rows
}

async function time(
  context: BrowserContext,
  sql: Sql,
  { what, path, limit }: Case,
): Promise<Measured[]> {
  const ask = async () => {
    const answer = await context.request.get(path)
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`)
  }
  await ask()
  await sql`select pg_stat_statements_reset()`
  const took: number[] = []
  for (let call = 0; call < calls; call += 1) {
    const began = performance.now()
    await ask()
    took.push(performance.now() - began)
  }
  // Whatever was not asked each time is somebody else's.
  const statements = await sql<{ query: string; ms: number }[]>`
    select query, total_exec_time / ${calls} as ms from pg_stat_statements
    where calls >= ${calls} and calls % ${calls} = 0 order by 2 desc
  `
  const ms = statements.reduce((sum, statement) => sum + statement.ms, 0)
  const why = statements
    .slice(0, 2)
    .map((each) => `${each.ms.toFixed(1)} ms ${each.query.slice(0, 300)}`)
  return [
    {
      what: `${what}: in Postgres`,
      value: ms,
      unit: 'ms',
      limit,
      why: why.join(' | ').replaceAll(/\s+/g, ' '),
    },
    {
      what: `${what}: whole answer`,
      value: took.toSorted((a, b) => a - b)[calls >> 1] ?? NaN,
      unit: 'ms',
    },
  ]
}
