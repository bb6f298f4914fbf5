import type { Sql } from './sql.ts'

export type NumberRow = {
  sid: string
  /** E.164, or a WhatsApp sender or Messenger page with its prefix. */
  address: string
  name: string
  sms_url: string
  sms_fallback_url: string
  status_callback: string
  service_sid: string | null
  created_at: number
  updated_at: number
}

export type ServiceRow = {
  sid: string
  name: string
  inbound_url: string | null
  fallback_url: string | null
  status_callback: string | null
  use_number_webhook: 0 | 1
  created_at: number
}

export type NumberChanges = Partial<
  Pick<NumberRow, 'name' | 'sms_url' | 'sms_fallback_url' | 'status_callback' | 'service_sid'>
>

export type ServiceChanges = Partial<
  Pick<ServiceRow, 'inbound_url' | 'fallback_url' | 'status_callback' | 'use_number_webhook'>
>

export function createNumbers(sql: Sql) {
  return {
    insert: (row: NumberRow) =>
      sql.run(
        `insert into numbers values (:sid, :address, :name, :sms_url, :sms_fallback_url,
         :status_callback, :service_sid, :created_at, :updated_at)`,
        row,
      ),

    update(sid: string, changes: NumberChanges, now: number): NumberRow | undefined {
      const set = Object.keys(changes).map((name) => `${name} = :${name}, `)
      return sql.get(
        `update numbers set ${set.join('')} updated_at = :now where sid = :sid returning *`,
        {
          sid,
          now,
          ...changes,
        },
      ) as NumberRow | undefined
    },

    remove: (sid: string) => sql.run('delete from numbers where sid = :sid', { sid }).changes > 0,

    find: (sid: string) =>
      sql.get('select * from numbers where sid = :sid', { sid }) as NumberRow | undefined,

    byAddress: (address: string) =>
      sql.get('select * from numbers where address = :address', { address }) as
        NumberRow | undefined,

    all: () => sql.all('select * from numbers order by created_at, rowid') as NumberRow[],

    inService: (serviceSid: string) =>
      sql.all('select * from numbers where service_sid = :serviceSid order by created_at, rowid', {
        serviceSid,
      }) as NumberRow[],
  }
}

export function createServices(sql: Sql) {
  return {
    insert: (row: ServiceRow) =>
      sql.run(
        `insert into services values (:sid, :name, :inbound_url, :fallback_url, :status_callback,
         :use_number_webhook, :created_at)`,
        row,
      ),

    update(sid: string, changes: ServiceChanges): void {
      const set = Object.keys(changes).map((name) => `${name} = :${name}`)
      if (set.length === 0) return
      sql.run(`update services set ${set.join(', ')} where sid = :sid`, { sid, ...changes })
    },

    find: (sid: string) =>
      sql.get('select * from services where sid = :sid', { sid }) as ServiceRow | undefined,

    all: () => sql.all('select * from services order by created_at, rowid') as ServiceRow[],
  }
}
