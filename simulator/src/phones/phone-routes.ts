import { z } from 'zod'
import { textIn } from '../inbound/text-in.ts'
import type { Scope } from '../scope.ts'
import type { Simulation } from '../simulation.ts'
import { behaviours } from '../store/phones.ts'
import { addNewPhone, changePhone, findPhone, removePhone, suggestNumber } from './phone-book.ts'
import { readInput } from './read-input.ts'
import { readMessages } from './read-messages.ts'
import { messagesOn, toMessageView, toState } from './views.ts'

const name = z.string().trim().min(1).max(60)
const newPhone = z.object({ address: z.string().trim().min(1).max(80), name })
const phoneChanges = z.object({ name: name.optional(), behaviour: z.enum(behaviours).optional() })
const picture = z.object({
  contentType: z.string().regex(/^(image|audio|video|text|application)\/[\w.+-]{1,80}$/),
  data: z.base64(),
})
const newText = z.object({
  to: z.string().min(1),
  body: z.string().max(1_600).default(''),
  media: z.array(picture).max(10).default([]),
})
const opened = z.object({ line: z.string().min(1) })
const pathId = z.object({ id: z.coerce.number().int() })

const largestUpload = 24_000_000

/** What the phones page does with its phones. */
export function phoneRoutes(http: Scope, sim: Simulation): void {
  const phoneOf = (params: unknown) => findPhone(sim, readInput(pathId, params).id)

  http.get('/state', async () => toState(sim))

  http.get('/suggestion', async () => ({ address: suggestNumber(sim) }))

  http.post('/phones', async ({ body }, reply) =>
    reply.code(201).send(addNewPhone(sim, readInput(newPhone, body))),
  )

  http.patch('/phones/:id', async ({ params, body }) =>
    changePhone(sim, phoneOf(params).id, readInput(phoneChanges, body)),
  )

  http.delete('/phones/:id', async ({ params }, reply) => {
    removePhone(sim, phoneOf(params).id)
    return reply.code(204).send()
  })

  http.get('/phones/:id/messages', async ({ params }) => ({
    items: messagesOn(sim, phoneOf(params).address),
  }))

  http.post('/phones/:id/texts', { bodyLimit: largestUpload }, async ({ params, body }, reply) => {
    const { address } = phoneOf(params)
    const text = readInput(newText, body)
    const media = text.media.map(({ contentType, data }) => ({
      contentType,
      bytes: Buffer.from(data, 'base64'),
    }))
    const row = await textIn(sim, { from: address, to: text.to, body: text.body, media })
    return reply.code(201).send(toMessageView(sim, row))
  })

  http.post('/phones/:id/opened', async ({ params, body }) => ({
    read: readMessages(sim, phoneOf(params).address, readInput(opened, body).line),
  }))
}
