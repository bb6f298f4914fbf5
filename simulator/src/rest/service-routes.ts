import type { Scope } from '../scope.ts'
import { createSid } from '../sid.ts'
import type { Simulation } from '../simulation.ts'
import type { ServiceChanges, ServiceRow } from '../store/numbers.ts'
import { one, toForm, type Form } from './form.ts'
import { toServiceResource } from './number-resource.ts'
import { serviceEnvelope } from './service-envelope.ts'
import { notFound, TwilioError } from './twilio-error.ts'

interface Params {
  sid: string
}

/** Messaging Services. Their host is not part of the path, so `/v1/Services` is theirs alone here. */
export function serviceRoutes(http: Scope, sim: Simulation): void {
  const { services } = sim.store
  const { accountSid } = sim.config

  function find({ sid }: Params, url: string): ServiceRow {
    const service = services.find(sid)
    if (!service) throw notFound(url)
    return service
  }

  http.get('/Services', async ({ query }) =>
    serviceEnvelope(
      'services',
      '/Services',
      services.all().map((row) => toServiceResource(accountSid, row)),
      toForm(query),
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

  http.post<{ Params: Params }>('/Services/:sid', async ({ params, url, body }) => {
    const { sid } = find(params, url)
    services.update(sid, changesIn(toForm(body)))
    return toServiceResource(accountSid, find(params, url))
  })
}

function changesIn(form: Form): ServiceChanges {
  const changes: ServiceChanges = {}
  for (const [name, column] of Object.entries(changeable)) {
    const value = one(form, name)
    if (value !== undefined) changes[column] = value === '' ? null : value
  }
  const leaves = one(form, 'UseInboundWebhookOnNumber')
  if (leaves !== undefined) changes.use_number_webhook = leaves === 'true' ? 1 : 0
  return changes
}

const changeable = {
  InboundRequestUrl: 'inbound_url',
  FallbackUrl: 'fallback_url',
  StatusCallback: 'status_callback',
} as const
