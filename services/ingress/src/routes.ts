import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '@partyline/contracts/errors'
import type { Http } from '@partyline/kit/http'
import type { Logger } from '@partyline/kit/log'
import { spanOf } from '@partyline/kit/trace-requests'
import { readCloudEvents, toInbound, toStatusCallback } from './cloud-events.ts'
import type { Durable } from './durable.ts'
import { field } from './form.ts'
import { messageSidOf } from './message-sid.ts'
import { ourQuery } from './our-query.ts'
import type { WebhookBody } from './verify.ts'

interface Deps {
  accountSid: string
  log: Logger
  durable: Durable
  verify: (request: FastifyRequest) => Promise<void>
}

const noReply = '<?xml version="1.0" encoding="UTF-8"?><Response/>'

/**
 * Twilio's addresses. A text is answered with empty TwiML as `text/xml`, because a `text/plain` answer
 * would be sent back as a text.
 */
export function webhookRoutes(http: Http, deps: Deps): void {
  const { durable, log, verify } = deps
  http.post('/webhooks/twilio/messages', { preHandler: verify }, async (request, reply) => {
    const { params } = request.body as WebhookBody
    const messageSid = messageSidOf(params)
    if (!messageSid) throw noMessageSid()
    const span = spanOf(request)
    span.set({ 'twilio.message_sid': messageSid })
    const { traceParent, forLog } = span
    await durable.keepInbound({ params, receivedAt: new Date().toISOString(), traceParent })
    log.debug({ reqId: request.id, messageSid, ...forLog }, 'text kept')
    return answer(reply)
  })

  http.post('/webhooks/twilio/status', { preHandler: verify }, async (request, reply) => {
    const { params } = request.body as WebhookBody
    const messageSid = messageSidOf(params)
    if (!messageSid) throw noMessageSid()
    const { deliveryId, attempt } = ourQuery.parse(request.query)
    const receivedAt = new Date().toISOString()
    await durable.keepStatus({ params, receivedAt, deliveryId, attempt })
    spanOf(request).set({
      'partyline.delivery_id': deliveryId,
      'partyline.attempt': attempt,
      'twilio.message_sid': messageSid,
      'twilio.message_status': field(params, 'MessageStatus'),
    })
    return reply.code(204).send()
  })

  http.post('/webhooks/twilio/events', { preHandler: verify }, async (request, reply) => {
    await keepEvents(deps, (request.body as WebhookBody).json ?? '[]')
    return reply.code(204).send()
  })

  // Twilio's error notices and whatever comes next: acknowledged, so that Twilio does not warn about us.
  http.post('/webhooks/twilio/*', { preHandler: verify }, async (request, reply) => {
    log.info({ path: request.routeOptions.url }, 'webhook of an unknown kind')
    return answer(reply)
  })
}

/** Event Streams repeat and reorder like webhooks do, and are kept like them. */
async function keepEvents({ accountSid, durable }: Deps, json: string): Promise<void> {
  const events = readCloudEvents(JSON.parse(json))
  const ours = events.filter(({ data }) => data.accountSid === accountSid)
  await Promise.all([
    ...ours
      .map(toStatusCallback)
      .filter((callback) => callback !== undefined)
      .map((callback) => durable.keepStatus(callback)),
    ...ours
      .map(toInbound)
      .filter((webhook) => webhook !== undefined)
      .map((webhook) => durable.keepInbound(webhook)),
  ])
}

function answer(reply: FastifyReply): string {
  void reply.type('text/xml')
  return noReply
}

function noMessageSid() {
  return new AppError('invalid_request', 'A message webhook carries a MessageSid.')
}
