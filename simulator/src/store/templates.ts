import type { Sql } from './sql.ts'

export type TemplateRow = {
  sid: string
  name: string
  language: string
  /** JSON, as they came: sample values by variable, and contents by type. */
  variables: string
  types: string
  /** What WhatsApp says; null while nobody has asked it. */
  status: string | null
  category: string
  rejection_reason: string
  created_at: number
  updated_at: number
}

export function createTemplates(sql: Sql) {
  return {
    insert: (row: TemplateRow) =>
      sql.run(
        `insert into templates values (:sid, :name, :language, :variables, :types, :status,
         :category, :rejection_reason, :created_at, :updated_at)`,
        row,
      ),
    find: (sid: string) =>
      sql.get('select * from templates where sid = :sid', { sid }) as TemplateRow | undefined,
    /** The newest first, as Twilio has them. */
    all: () =>
      sql.all('select * from templates order by created_at desc, rowid desc') as TemplateRow[],
    judge(sid: string, judged: { status: string; category: string; now: number }): void {
      sql.run(
        `update templates set status = :status, category = :category, updated_at = :now
         where sid = :sid`,
        { sid, ...judged },
      )
    },
    remove: (sid: string) =>
      sql.run('delete from templates where sid = :sid', { sid }).changes === 1,
  }
}
