import type { Sql } from './sql.ts'

export type MediaRow = {
  sid: string
  message_sid: string
  content_type: string
  bytes: Uint8Array
  created_at: number
}

export function createMediaStore(sql: Sql) {
  return {
    insert: (row: MediaRow) =>
      sql.run(
        'insert into media values (:sid, :message_sid, :content_type, :bytes, :created_at)',
        row,
      ),

    find: (sid: string) =>
      sql.get('select * from media where sid = :sid', { sid }) as MediaRow | undefined,

    /** Without the bytes. */
    ofMessage: (messageSid: string) =>
      sql.all(
        `select sid, message_sid, content_type, created_at from media
         where message_sid = :messageSid order by rowid`,
        { messageSid },
      ) as Omit<MediaRow, 'bytes'>[],

    remove: (sid: string) => sql.run('delete from media where sid = :sid', { sid }).changes > 0,
  }
}
