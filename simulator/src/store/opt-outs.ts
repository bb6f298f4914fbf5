import type { Sql } from './sql.ts'

/** The block list. `sender` is a number, or a Messaging Service with all its numbers. */
export function createOptOuts(sql: Sql) {
  return {
    has: (sender: string, recipient: string) =>
      sql.get('select 1 from opt_outs where sender = :sender and recipient = :recipient', {
        sender,
        recipient,
      }) !== undefined,

    add: (sender: string, recipient: string) =>
      sql.run('insert into opt_outs values (:sender, :recipient) on conflict do nothing', {
        sender,
        recipient,
      }),

    remove: (sender: string, recipient: string) =>
      sql.run('delete from opt_outs where sender = :sender and recipient = :recipient', {
        sender,
        recipient,
      }),
  }
}
