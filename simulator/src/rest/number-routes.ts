import { channelOf } from '@partyline/contracts/channels'
import { toRfc2822 } from '../dates.ts'
import { addNumber } from '../numbers.ts'
import type { Scope } from '../scope.ts'
import type { Simulation } from '../simulation.ts'
import type { NumberChanges, NumberRow } from '../store/numbers.ts'
import { one, toForm, type Form } from './form.ts'
import { toNumberResource } from './number-resource.ts'
import { notFound, TwilioError } from './twilio-error.ts'

interface Params {
  sid: string
}

const changeable = {
  FriendlyName: 'name',
  SmsUrl: 'sms_url',
  SmsFallbackUrl: 'sms_fallback_url',
  StatusCallback: 'status_callback',
} as const

export function numberRoutes(http: Scope, sim: Simulation): void {
  const { accountSid } = sim.config
  const resource = (row: NumberRow) => toNumberResource(accountSid, row)
  const uri = `/2010-04-01/Accounts/${accountSid}/IncomingPhoneNumbers.json?PageSize=50&Page=0`

  http.get('/IncomingPhoneNumbers.json', async ({ query }) => {
    const wanted = one(toForm(query), 'PhoneNumber')?.replace(/[^\d+]/g, '') ?? ''
    const rows = sim.store.numbers
      .all()
      .filter(({ address }) => channelOf(address) === 'sms' && address.includes(wanted))
    return {
      incoming_phone_numbers: rows.map(resource),
      page: 0,
      page_size: 50,
      start: 0,
      end: Math.max(0, rows.length - 1),
      uri,
      first_page_uri: uri,
      next_page_uri: null,
      previous_page_uri: null,
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
