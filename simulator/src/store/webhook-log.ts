import type { Sql } from './sql.ts'

export type WebhookRow = {
  id: number
  kind: 'inbound' | 'fallback' | 'status'
  message_sid: string
  url: string
  status: number | null
  error_code: number | null
  error: string | null
  duration_ms: number
  created_at: number
}

const kept = 1_000

export function createWebhookLog(sql: Sql) {
  return {
    insert(row: Omit<WebhookRow, 'id'>): void {
      const { lastInsertRowid } = sql.run(
        `insert into webhooks (kind, message_sid, url, status, error_code, error, duration_ms, created_at)
         values (:kind, :message_sid, :url, :status, :error_code, :error, :duration_ms, :created_at)`,
        row,
      )
      sql.run('delete from webhooks where id <= :old', { old: Number(lastInsertRowid) - kept })
    },

    latest: (limit: number) =>
      sql.all('select * from webhooks order by id desc limit :limit', { limit }) as WebhookRow[],

    failed: (limit: number) =>
      sql.all('select * from webhooks where error is not null order by id desc limit :limit', {
        limit,
      }) as WebhookRow[],
  }
}
