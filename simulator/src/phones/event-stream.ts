import type { ServerResponse } from 'node:http'
import type { SimulatorEvent } from '../broadcast.ts'
import type { Scope } from '../scope.ts'
import type { Simulation } from '../simulation.ts'
import { toMessageView } from './views.ts'

const heartbeatMs = 15_000

/** Live changes for the phones page, as server-sent events. Returns what ends all open streams. */
export function eventStream(http: Scope, sim: Simulation): () => void {
  const open = new Set<ServerResponse>()

  http.get('/events', (_request, reply) => {
    const stream = reply.hijack().raw
    stream.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    stream.write('retry: 1000\n\n')
    open.add(stream)
    const leave = sim.broadcast.subscribe((event) => {
      const data = toData(sim, event)
      if (data !== undefined) stream.write(`data: ${JSON.stringify(data)}\n\n`)
    })
    const heartbeat = setInterval(() => stream.write(':\n\n'), heartbeatMs)
    stream.on('close', () => {
      clearInterval(heartbeat)
      leave()
      open.delete(stream)
    })
  })

  return () => open.forEach((stream) => stream.end())
}

/** A phone does not know of a text that has not reached it. */
function toData(sim: Simulation, event: SimulatorEvent) {
  if (event.type === 'setup') return { type: 'setup' }
  const { message } = event
  if (message.direction !== 'inbound' && message.arrived_at === null) return undefined
  return { type: 'message', message: toMessageView(sim, message) }
}
