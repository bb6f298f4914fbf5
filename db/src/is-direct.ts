import type { Sql } from 'postgres'
import { alone } from './asked.ts'

/**
 * False: a pooler stands before Postgres, and may give each transaction another connection. It has to make
 * up the number that a connection is cancelled by, which Postgres itself would give.
 */
export async function isDirect(sql: Pick<Sql, 'unsafe'>): Promise<boolean> {
  // eslint-disable-next-line no-restricted-syntax -- without values
  const answer = await sql.unsafe<{ pid: number }[]>('select pg_backend_pid() as pid', [], alone)
  return answer[0]?.pid === answer.state.pid
}
