import type { SQLInputValue } from 'node:sqlite'
import type { Simulation } from '../simulation.ts'
import type { MessageRow } from '../store/messages.ts'
import { one, type Form } from './form.ts'
import { toMessageResource } from './message-resource.ts'
import { TwilioError } from './twilio-error.ts'

const dayMs = 24 * 60 * 60 * 1_000

interface Filter {
  where: string[]
  params: Record<string, SQLInputValue>
}

/** One page of the account's texts, newest first, in Twilio's envelope. */
export function listMessages(sim: Simulation, form: Form, url: string) {
  const pageSize = readPageSize(form)
  const page = Math.max(0, Number(one(form, 'Page') ?? 0) || 0)
  const { rows, older, newer } = readPage(sim, form, page, pageSize)
  const path = `/2010-04-01/Accounts/${sim.config.accountSid}/Messages.json`
  const link = (to: number, token?: string) => `${path}?${toQuery(form, pageSize, to, token)}`
  const first = rows[0]
  const last = rows.at(-1)
  return {
    messages: rows.map((row) => toMessageResource(sim.config.accountSid, row)),
    page,
    page_size: pageSize,
    start: page * pageSize,
    end: page * pageSize + Math.max(0, rows.length - 1),
    uri: url,
    first_page_uri: link(0),
    next_page_uri: older && last ? link(page + 1, `PA${last.sid}`) : null,
    previous_page_uri: newer && first && page > 0 ? link(page - 1, `PB${first.sid}`) : null,
  }
}

function readPage(sim: Simulation, form: Form, page: number, pageSize: number) {
  const { where, params } = readFilter(sim, form)
  const token = one(form, 'PageToken')
  const back = token?.startsWith('PB') ?? false
  const border = token === undefined ? undefined : sim.store.messages.find(token.slice(2))?.seq
  if (token !== undefined && border === undefined) {
    throw new TwilioError(20001, 'Invalid PageToken')
  }
  if (border !== undefined) where.push(back ? 'seq > :border' : 'seq < :border')
  const rows = sim.store.sql.all(
    `select * from messages where ${where.join(' and ')}
     order by seq ${back ? 'asc' : 'desc'} limit :limit offset :offset`,
    {
      ...params,
      ...(border !== undefined && { border }),
      limit: pageSize + 1,
      offset: token === undefined ? page * pageSize : 0,
    },
  ) as MessageRow[]
  const more = rows.length > pageSize
  const shown = rows.slice(0, pageSize)
  return {
    rows: back ? shown.reverse() : shown,
    older: back || more,
    newer: back ? more || page > 0 : page > 0,
  }
}

function readFilter(sim: Simulation, form: Form): Filter {
  const filter: Filter = {
    where: ['deleted_at is null', 'automatic = 0', 'created_at <= :seenUntil'],
    params: { seenUntil: sim.now() - sim.faults.read().listLagMs },
  }
  const add = (condition: string, name: string, value: SQLInputValue) => {
    filter.where.push(condition)
    filter.params[name] = value
  }
  const to = one(form, 'To')
  const from = one(form, 'From')
  if (to) add('recipient = :to', 'to', to)
  if (from) add('sender = :from', 'from', from)
  const on = one(form, 'DateSent')
  const before = one(form, 'DateSent<')
  const after = one(form, 'DateSent>')
  if (on) {
    const start = readDate(on)
    add('sent_at >= :start', 'start', start)
    add('sent_at < :end', 'end', start + (isDay(on) ? dayMs : 1_000))
  }
  if (before) add('sent_at <= :before', 'before', readDate(before) + (isDay(before) ? 0 : 999))
  if (after) add('sent_at >= :after', 'after', readDate(after))
  return filter
}

const isDay = (date: string) => /^\d{4}-\d{2}-\d{2}$/.test(date)

function readDate(text: string): number {
  const at = Date.parse(text)
  if (Number.isNaN(at)) throw new TwilioError(20001, `Invalid date: ${text}`)
  return at
}

function readPageSize(form: Form): number {
  const wanted = Number(one(form, 'PageSize') ?? 50)
  if (!Number.isInteger(wanted) || wanted < 1) throw new TwilioError(20001, 'Invalid PageSize')
  return Math.min(wanted, 1_000)
}

function toQuery(form: Form, pageSize: number, page: number, token?: string): string {
  const query = new URLSearchParams()
  for (const name of ['To', 'From', 'DateSent', 'DateSent<', 'DateSent>']) {
    const value = one(form, name)
    if (value) query.set(name, value)
  }
  query.set('PageSize', String(pageSize))
  query.set('Page', String(page))
  if (token !== undefined) query.set('PageToken', token)
  return query.toString()
}
