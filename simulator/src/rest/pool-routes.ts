import type { Scope } from '../scope.ts'
import type { Simulation } from '../simulation.ts'
import { one, toForm } from './form.ts'
import { toPoolResource } from './number-resource.ts'
import { serviceEnvelope } from './service-envelope.ts'
import { notFound } from './twilio-error.ts'

interface Params {
  sid: string
  number: string
}

/** The numbers of a Messaging Service. */
export function poolRoutes(http: Scope, sim: Simulation): void {
  const { numbers, services } = sim.store
  const { accountSid } = sim.config

  function find({ sid }: Params, url: string) {
    const service = services.find(sid)
    if (!service) throw notFound(url)
    return service
  }

  http.get<{ Params: Params }>('/Services/:sid/PhoneNumbers', async ({ params, url, query }) => {
    const { sid } = find(params, url)
    const pool = numbers.inService(sid).map((row) => toPoolResource(accountSid, row))
    return serviceEnvelope('phone_numbers', `/Services/${sid}/PhoneNumbers`, pool, toForm(query))
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
