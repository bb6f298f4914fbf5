import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { z } from 'zod'
import { healthRoutes } from '@partyline/kit/health'
import { createHttp } from '@partyline/kit/http'
import type { Logger } from '@partyline/kit/log'
import { createMetrics } from '@partyline/kit/metrics'
import type { Service } from '@partyline/kit/service'
import { createBroadcast } from './broadcast.ts'
import type { SimulatorConfig } from './config.ts'
import { createFaultSwitches, type faultSwitches, type FaultSwitches } from './faults.ts'
import { textIn, type TextFromPhone } from './inbound/text-in.ts'
import { judge, type Verdict } from './judge.ts'
import { addNumber, type NewNumber } from './numbers.ts'
import { resumeOutbound } from './outbound/resume.ts'
import { addOwnTemplates } from './own-templates.ts'
import { addPhone, type NewPhone } from './phones/phone-book.ts'
import { phonesRoutes } from './phones/phones.ts'
import { messagesOn, toMessageView, type MessageView } from './phones/views.ts'
import { reset } from './reset.ts'
import { restRoutes } from './rest/rest.ts'
import type { Scope } from './scope.ts'
import type { Simulation } from './simulation.ts'
import type { NumberRow } from './store/numbers.ts'
import type { PhoneRow } from './store/phones.ts'
import { createStore } from './store/store.ts'
import { createTimers } from './timers.ts'

export interface Simulator extends Service {
  /** For TWILIO_API_URL. Known once started. */
  readonly apiUrl: string
  /** Answers what is under `/simulator`, for a server that stands before this one. */
  handle(request: IncomingMessage, response: ServerResponse): void
  addNumber(number: NewNumber): NumberRow
  addPhone(phone: NewPhone): PhoneRow
  /** Texts in; resolves when the webhook was answered or given up. */
  text(text: TextFromPhone): Promise<MessageView>
  /** What a phone shows, oldest first. */
  messagesOn(address: string): MessageView[]
  misbehave(switches: z.input<typeof faultSwitches>): FaultSwitches
  judge(): Verdict
  reset(): void
}

interface Deps {
  config: SimulatorConfig
  log: Logger
  now?: () => number
}

export function createSimulator({ config, log, now = Date.now }: Deps): Simulator {
  const sim: Simulation = {
    config,
    store: createStore(config.databaseFile),
    timers: createTimers(log),
    faults: createFaultSwitches(),
    broadcast: createBroadcast(),
    log,
    now,
  }
  const http = createHttp(log, { forceCloseConnections: true })
  const scope = http as unknown as Scope
  healthRoutes(http, {}, createMetrics('simulator'))
  restRoutes(scope, sim)
  const endStreams = phonesRoutes(scope, sim)

  return {
    async start() {
      sim.store.open()
      addOwnTemplates(sim)
      await http.listen({ host: config.host, port: config.port })
      resumeOutbound(sim)
    },
    async stop() {
      endStreams()
      await http.close()
      await sim.timers.stop()
      sim.store.close()
    },
    get apiUrl() {
      const { port } = http.server.address() as AddressInfo
      return `http://127.0.0.1:${port}`
    },
    handle: (request, response) => http.routing(request, response),
    addNumber: (number) => addNumber(sim, number),
    addPhone: (phone) => addPhone(sim, phone),
    text: async (text) => toMessageView(sim, await textIn(sim, text)),
    messagesOn: (address) => messagesOn(sim, address),
    misbehave: (switches) => sim.faults.set(switches),
    judge: () => judge(sim),
    reset: () => reset(sim),
  }
}
