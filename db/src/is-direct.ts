import type { Sql } from 'postgres'

/**
 * False: a pooler stands before Postgres, and may give each transaction another connection. It has to make
 * up the number that a connection is cancelled by, which Postgres itself would give.
 */
export async function isDirect(sql: Sql): Promise<boolean> {
  const answer = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`.simple()
  return answer[0]?.pid === answer.state.pid
}
