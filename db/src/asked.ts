import type { Sql } from 'postgres'

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
