import { channelOf } from '@partyline/contracts/channels'
import { toRfc2822 } from '../dates.ts'
import { addNumber } from '../numbers.ts'
import type { Scope } from '../scope.ts'
import type { Simulation } from '../simulation.ts'
import type { NumberChanges, NumberRow } from '../store/numbers.ts'
import { one, toForm, type Form } from './form.ts'
import { toNumberResource } from './number-resource.ts'
import { cut, pageQuery } from './page.ts'
import { notFound, TwilioError } from './twilio-error.ts'

interface Params {
  sid: string
}

const largestPage = 1_000

const changeable = {
  FriendlyName: 'name',
  SmsUrl: 'sms_url',
  SmsFallbackUrl: 'sms_fallback_url',
  StatusCallback: 'status_callback',
} as const

export function numberRoutes(http: Scope, sim: Simulation): void {
  const { accountSid } = sim.config
  const resource = (row: NumberRow) => toNumberResource(accountSid, row)
  const path = `/2010-04-01/Accounts/${accountSid}/IncomingPhoneNumbers.json`

  http.get('/IncomingPhoneNumbers.json', async ({ query, url }) => {
    const form = toForm(query)
    const wanted = one(form, 'PhoneNumber')?.replace(/[^\d+]/g, '') ?? ''
    const rows = sim.store.numbers
      .all()
      .filter(({ address }) => channelOf(address) === 'sms' && address.includes(wanted))
    const { items, page, pageSize, hasMore } = cut(rows, form, largestPage)
    const link = (to: number) => `${path}?${pageQuery(form, pageSize, to)}`
    return {
      incoming_phone_numbers: items.map(resource),
      page,
      page_size: pageSize,
      start: page * pageSize,
      end: page * pageSize + Math.max(0, items.length - 1),
      uri: url,
      first_page_uri: link(0),
      next_page_uri: hasMore ? link(page + 1) : null,
      previous_page_uri: page > 0 ? link(page - 1) : null,
    }
  })

  http.post('/IncomingPhoneNumbers.json', async ({ body }, reply) => {
    const form = toForm(body)
    const address = one(form, 'PhoneNumber') ?? ''
    if (!/^\+[1-9]\d{6,14}$/.test(address)) {
      throw new TwilioError(21421, 'PhoneNumber is invalid.')
    }
    const row = addNumber(sim, { address, name: one(form, 'FriendlyName') ?? address, smsUrl: '' })
    return reply
      .code(201)
      .send(resource(sim.store.numbers.update(row.sid, changesIn(form), sim.now()) ?? row))
  })

  http.get<{ Params: Params }>('/IncomingPhoneNumbers/:sid.json', async ({ params, url }) => {
    const row = sim.store.numbers.find(params.sid)
    if (!row) throw notFound(url)
    return resource(row)
  })

  http.post<{ Params: Params }>(
    '/IncomingPhoneNumbers/:sid.json',
    async ({ params, url, body }) => {
      const row = sim.store.numbers.update(params.sid, changesIn(toForm(body)), sim.now())
      if (!row) throw notFound(url)
      return resource(row)
    },
  )

  http.delete<{ Params: Params }>(
    '/IncomingPhoneNumbers/:sid.json',
    async ({ params, url }, reply) => {
      if (!sim.store.numbers.remove(params.sid)) throw notFound(url)
      sim.broadcast.publish({ type: 'setup' })
      return reply.code(204).send()
    },
  )
}

function changesIn(form: Form): NumberChanges {
  const given = Object.entries(changeable).flatMap(([name, column]) => {
    const value = one(form, name)
    return value === undefined ? [] : [[column, value] as const]
  })
  return Object.fromEntries(given)
}

/** The account itself, which is what a credentials check asks for. */
export function accountRoute(http: Scope, sim: Simulation): void {
  const { accountSid, authToken } = sim.config
  const created = toRfc2822(Date.UTC(2024, 0, 1))
  http.get(`/Accounts/${accountSid}.json`, async () => ({
    auth_token: authToken,
    date_created: created,
    date_updated: created,
    friendly_name: 'Partyline simulator',
    owner_account_sid: accountSid,
    sid: accountSid,
    status: 'active',
    subresource_uris: {
      incoming_phone_numbers: `/2010-04-01/Accounts/${accountSid}/IncomingPhoneNumbers.json`,
      messages: `/2010-04-01/Accounts/${accountSid}/Messages.json`,
    },
    type: 'Full',
    uri: `/2010-04-01/Accounts/${accountSid}.json`,
  }))
}
