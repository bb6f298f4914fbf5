import { z } from 'zod'
import { faultSwitches } from '../faults.ts'
import { judge } from '../judge.ts'
import { addNumber } from '../numbers.ts'
import { reset } from '../reset.ts'
import type { Scope } from '../scope.ts'
import type { Simulation } from '../simulation.ts'
import { readInput } from './read-input.ts'

const newNumber = z.object({
  address: z.string().regex(/^(\+|whatsapp:\+|messenger:)\w{1,64}$/),
  name: z.string().trim().min(1).max(60),
  smsUrl: z.union([z.url(), z.literal('')]).optional(),
})
const logQuery = z.object({
  limit: z.coerce.number().int().min(1).max(1_000).default(50),
  failed: z.stringbool().default(false),
})

/** The levers of the simulator: lines, misbehaviour, what was counted, starting over. */
export function controlRoutes(http: Scope, sim: Simulation): void {
  http.post('/lines', async ({ body }, reply) => {
    const { smsUrl, ...line } = readInput(newNumber, body)
    const number = addNumber(sim, { ...line, ...(smsUrl !== undefined && { smsUrl }) })
    return reply.code(201).send(number)
  })

  http.get('/misbehave', async () => sim.faults.read())

  http.post('/misbehave', async ({ body }) => sim.faults.set(readInput(faultSwitches, body ?? {})))

  http.get('/judge', async () => judge(sim))

  http.get('/webhooks', async ({ query }) => {
    const { limit, failed } = readInput(logQuery, query)
    const { webhooks } = sim.store
    return { items: failed ? webhooks.failed(limit) : webhooks.latest(limit) }
  })

  http.post('/reset', async (_request, reply) => {
    reset(sim)
    return reply.code(204).send()
  })
}
