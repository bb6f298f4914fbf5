import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { schema } from './schema.ts'

type Params = Record<string, SQLInputValue>

export type Sql = ReturnType<typeof createSql>

/** One SQLite file with prepared statements kept. Nothing is opened before `open`. */
export function createSql(file: string) {
  const db = new DatabaseSync(file, { open: false })
  const prepared = new Map<string, StatementSync>()

  function statement(text: string): StatementSync {
    const known = prepared.get(text)
    if (known) return known
    const fresh = db.prepare(text)
    prepared.set(text, fresh)
    return fresh
  }

  return {
    open(): void {
      db.open()
      // Losing the last texts of a stand-in in a power cut is fine; waiting for the disk is not.
      db.exec('pragma journal_mode = wal; pragma synchronous = off; pragma foreign_keys = on')
      db.exec(schema)
    },
    close(): void {
      prepared.clear()
      db.close()
    },
    all: (text: string, params: Params = {}) => statement(text).all(params),
    get: (text: string, params: Params = {}) => statement(text).get(params),
    run: (text: string, params: Params = {}) => statement(text).run(params),
  }
}
