import type { Sql } from './sql.ts'

export type MessageRow = {
  seq: number
  sid: string
  direction: 'inbound' | 'outbound-api' | 'outbound-reply'
  /** Twilio's own answers to STOP, START and HELP: on the phone, not in the account's list. */
  automatic: 0 | 1
  sender: string | null
  recipient: string
  body: string
  status: string
  num_segments: number
  num_media: number
  media_urls: string
  /** The template it was made from. */
  content_sid: string | null
  error_code: number | null
  price: string | null
  service_sid: string | null
  status_callback: string | null
  delivery: string | null
  /** How the webhook of an inbound text went: null while under way. */
  webhook: string | null
  send_at: number | null
  created_at: number
  updated_at: number
  sent_at: number | null
  /** When it lit up on the phone. */
  arrived_at: number | null
  deleted_at: number | null
}

export type NewMessage = Omit<
  MessageRow,
  'seq' | 'content_sid' | 'arrived_at' | 'deleted_at' | 'updated_at'
> &
  Partial<Pick<MessageRow, 'content_sid'>>

type Changes = Partial<
  Pick<
    MessageRow,
    | 'sender'
    | 'body'
    | 'status'
    | 'num_segments'
    | 'error_code'
    | 'price'
    | 'webhook'
    | 'updated_at'
    | 'sent_at'
    | 'arrived_at'
    | 'deleted_at'
  >
>

export function createMessages(sql: Sql) {
  const find = (sid: string) =>
    sql.get('select * from messages where sid = :sid', { sid }) as MessageRow | undefined

  return {
    find,

    insert(message: NewMessage): MessageRow {
      const names = Object.keys(message)
      return sql.get(
        `insert into messages (${names.join(', ')}, updated_at)
         values (${names.map((name) => `:${name}`).join(', ')}, :created_at) returning *`,
        message,
      ) as MessageRow
    },

    /** With `from`, only if the status is still that one; undefined when it is not. */
    update(sid: string, changes: Changes, from?: string): MessageRow | undefined {
      const set = Object.keys(changes).map((name) => `${name} = :${name}`)
      const guard = from === undefined ? '' : 'and status = :from'
      return sql.get(
        `update messages set ${set.join(', ')} where sid = :sid ${guard} returning *`,
        {
          sid,
          ...changes,
          ...(from !== undefined && { from }),
        },
      ) as MessageRow | undefined
    },

    /** Outbound texts that were still moving when the simulator stopped. */
    unfinished: () =>
      sql.all(
        `select * from messages where direction <> 'inbound' and deleted_at is null
         and status in ('accepted', 'queued', 'sending', 'scheduled', 'sent') order by seq`,
      ) as MessageRow[],

    lastInbound: (sender: string, recipient: string) =>
      sql.get(
        `select * from messages where direction = 'inbound' and sender = :sender
         and recipient = :recipient order by seq desc limit 1`,
        { sender, recipient },
      ) as MessageRow | undefined,

    /** What a phone shows: all it wrote, and all that reached it. */
    ofPhone: (address: string, limit: number) =>
      sql.all(
        `select * from (
           select * from messages where deleted_at is null and
           ((sender = :address and direction = 'inbound') or
            (recipient = :address and direction <> 'inbound' and arrived_at is not null))
           order by coalesce(arrived_at, created_at) desc, seq desc limit :limit)
         order by coalesce(arrived_at, created_at), seq`,
        { address, limit },
      ) as MessageRow[],

    unread: (sender: string, recipient: string) =>
      sql.all(
        `select * from messages where status = 'delivered' and sender = :sender
         and recipient = :recipient order by seq`,
        { sender, recipient },
      ) as MessageRow[],

    createsByDelivery: () =>
      sql.all(
        `select delivery, count(*) as creates from messages where delivery is not null
         group by delivery order by min(seq)`,
      ) as { delivery: string; creates: number }[],
  }
}
