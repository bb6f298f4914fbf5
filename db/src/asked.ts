import type { Sql, UnsafeQueryOptions } from 'postgres'

/** The ways in which Drizzle asks a client. */
export interface Asked {
  unsafe: (...args: Parameters<Sql['unsafe']>) => unknown
  begin: (run: (transaction: Sql) => Promise<unknown>) => Promise<unknown>
}

/** The client for Drizzle, asked in another way. */
export function withAsked(client: Sql, asked: Asked): Sql {
  const replaced: Record<string | symbol, unknown> = { ...asked }
  return new Proxy(client, {
    get: (target, key): unknown => replaced[key] ?? Reflect.get(target, key),
  })
}

/**
 * For a query: nothing is sent behind it before it is answered. Some poolers lose what is
 * (github.com/supabase/supavisor/issues/1061, github.com/pgbouncer/pgbouncer/issues/759).
 */
export const alone = { onexecute: () => false } as UnsafeQueryOptions
