import type { FastifyReply, FastifyRequest } from 'fastify'
import type { CreateFault } from '../faults.ts'
import { accept } from '../outbound/accept.ts'
import type { Simulation } from '../simulation.ts'
import type { MessageRow } from '../store/messages.ts'
import { one, toForm } from './form.ts'
import { toMessageResource } from './message-resource.ts'
import { readDraft } from './read-draft.ts'
import { internalError, TwilioError } from './twilio-error.ts'

/** Creates a message, unless the switches say that this request goes wrong. */
export async function createWithFaults(
  sim: Simulation,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const form = toForm(request.body)
  const create = () => accept(sim, readDraft(sim, form))
  const fault = sim.faults.forCreate(one(form, 'From') ?? one(form, 'MessagingServiceSid'))
  if (fault !== undefined) return misbehave(sim, fault, reply, create)
  return answer(sim, reply, create())
}

function answer(sim: Simulation, reply: FastifyReply, row: MessageRow) {
  return reply.code(201).send(toMessageResource(sim.config.accountSid, row, true))
}

function misbehave(
  sim: Simulation,
  fault: CreateFault,
  reply: FastifyReply,
  create: () => MessageRow,
): FastifyReply {
  const { hangMs, lateCreateMs } = sim.faults.read()
  switch (fault) {
    case 'tooManyRequests':
      throw new TwilioError(20429, 'Too many requests')
    case 'unauthorized':
      throw new TwilioError(20003, 'Authenticate')
    case 'failBefore':
      throw internalError()
    case 'failAfter':
      create()
      throw internalError()
    case 'resetBefore':
      return hangUp(reply)
    case 'resetAfter':
      create()
      return hangUp(reply)
    case 'hang':
      sim.timers.after(hangMs, async () => reply.raw.destroy())
      return reply.hijack()
    case 'lateCreate':
      sim.timers.after(lateCreateMs, async () => {
        create()
        reply.raw.destroy()
      })
      return reply.hijack()
  }
}

function hangUp(reply: FastifyReply): FastifyReply {
  reply.raw.destroy()
  return reply.hijack()
}
