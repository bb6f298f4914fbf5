import type { Scope } from '../scope.ts'
import type { Simulation } from '../simulation.ts'
import type { MessageRow } from '../store/messages.ts'
import { changeMessage, deleteMessage } from './change-message.ts'
import { createWithFaults } from './create-with-faults.ts'
import { toForm } from './form.ts'
import { listMessages } from './list-messages.ts'
import { toMessageResource } from './message-resource.ts'
import { internalError, notFound } from './twilio-error.ts'

interface Params {
  sid: string
}

export function messageRoutes(http: Scope, sim: Simulation): void {
  const resource = (row: MessageRow) => toMessageResource(sim.config.accountSid, row)

  function find(sid: string, url: string): MessageRow {
    const row = sim.store.messages.find(sid)
    if (!row || row.deleted_at !== null || row.automatic === 1) throw notFound(url)
    return row
  }

  http.post('/Messages.json', async (request, reply) => createWithFaults(sim, request, reply))

  http.get('/Messages.json', async (request) => {
    if (sim.faults.happens('listFails')) throw internalError()
    return listMessages(sim, toForm(request.query), request.url)
  })

  http.get<{ Params: Params }>('/Messages/:sid.json', async ({ params, url }) =>
    resource(find(params.sid, url)),
  )

  http.post<{ Params: Params }>('/Messages/:sid.json', async ({ params, url, body }) =>
    resource(changeMessage(sim, find(params.sid, url), toForm(body))),
  )

  http.delete<{ Params: Params }>('/Messages/:sid.json', async ({ params, url }, reply) => {
    deleteMessage(sim, find(params.sid, url))
    return reply.code(204).send()
  })

  http.post<{ Params: Params }>(
    '/Messages/:sid/Feedback.json',
    async ({ params, url, body }, reply) => {
      const { sid } = find(params.sid, url)
      const outcome = toForm(body)['Outcome'] ?? 'unconfirmed'
      return reply.code(201).send({ account_sid: sim.config.accountSid, message_sid: sid, outcome })
    },
  )
}
