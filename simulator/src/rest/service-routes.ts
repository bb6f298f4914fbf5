import type { Scope } from '../scope.ts'
import { createSid } from '../sid.ts'
import type { Simulation } from '../simulation.ts'
import type { ServiceRow } from '../store/numbers.ts'
import { one, toForm } from './form.ts'
import { toPoolResource, toServiceResource } from './number-resource.ts'
import { notFound, TwilioError } from './twilio-error.ts'

interface Params {
  sid: string
  number: string
}

/** Messaging Services. Their host is not part of the path, so `/v1/Services` is theirs alone here. */
export function serviceRoutes(http: Scope, sim: Simulation): void {
  const { numbers, services } = sim.store
  const { accountSid } = sim.config

  function find({ sid }: Params, url: string): ServiceRow {
    const service = services.find(sid)
    if (!service) throw notFound(url)
    return service
  }

  http.get('/Services', async () =>
    envelope(
      'services',
      '/Services',
      services.all().map((row) => toServiceResource(accountSid, row)),
    ),
  )

  http.post('/Services', async ({ body }, reply) => {
    const form = toForm(body)
    const name = one(form, 'FriendlyName')
    if (!name) throw new TwilioError(20001, 'Missing required parameter FriendlyName')
    const row: ServiceRow = {
      sid: createSid('MG'),
      name,
      inbound_url: one(form, 'InboundRequestUrl') ?? null,
      fallback_url: one(form, 'FallbackUrl') ?? null,
      status_callback: one(form, 'StatusCallback') ?? null,
      use_number_webhook: one(form, 'UseInboundWebhookOnNumber') === 'true' ? 1 : 0,
      created_at: sim.now(),
    }
    services.insert(row)
    return reply.code(201).send(toServiceResource(accountSid, row))
  })

  http.get<{ Params: Params }>('/Services/:sid', async ({ params, url }) =>
    toServiceResource(accountSid, find(params, url)),
  )

  http.get<{ Params: Params }>('/Services/:sid/PhoneNumbers', async ({ params, url }) => {
    const { sid } = find(params, url)
    const pool = numbers.inService(sid).map((row) => toPoolResource(accountSid, row))
    return envelope('phone_numbers', `/Services/${sid}/PhoneNumbers`, pool)
  })

  http.post<{ Params: Params }>(
    '/Services/:sid/PhoneNumbers',
    async ({ params, url, body }, reply) => {
      const { sid } = find(params, url)
      const numberSid = one(toForm(body), 'PhoneNumberSid') ?? ''
      const row = numbers.update(numberSid, { service_sid: sid }, sim.now())
      if (!row) throw notFound(url)
      return reply.code(201).send(toPoolResource(accountSid, row))
    },
  )

  http.delete<{ Params: Params }>(
    '/Services/:sid/PhoneNumbers/:number',
    async ({ params, url }, reply) => {
      find(params, url)
      if (!numbers.update(params.number, { service_sid: null }, sim.now())) throw notFound(url)
      return reply.code(204).send()
    },
  )
}

function envelope(key: string, path: string, items: unknown[]) {
  const url = `https://messaging.twilio.com/v1${path}?PageSize=50&Page=0`
  return {
    [key]: items,
    meta: {
      first_page_url: url,
      key,
      next_page_url: null,
      page: 0,
      page_size: 50,
      previous_page_url: null,
      url,
    },
  }
}
