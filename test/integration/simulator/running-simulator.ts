import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import twilio from 'twilio'
import RequestClient from 'twilio/lib/base/RequestClient.js'
import { test as base } from 'vitest'
import { createLog } from '@partyline/kit/log'
import type { SimulatorConfig } from '@partyline/simulator/config'
import { createSimulator, type Simulator } from '@partyline/simulator/simulator'

export const accountSid = `AC${'a'.repeat(32)}`
export const authToken = '2b1e4d5c6f7a8b9c0d1e2f3a4b5c6d7e'
export const line = '+15558675310'
export const person = '+12125550142'

interface ReceivedWebhook {
  url: string
  headers: IncomingHttpHeaders
  form: Record<string, string>
}

interface Answer {
  status: number
  contentType?: string
  body?: string
}

/** A server in the place of Partyline: writes down every webhook and answers as it is told. */
export interface Hub {
  url: string
  received: ReceivedWebhook[]
  at: (path: string) => ReceivedWebhook[]
  answer: (request: ReceivedWebhook) => Answer
  /** Files it serves, for pictures. */
  files: Map<string, { contentType: string; bytes: Buffer }>
}

export interface Running {
  simulator: Simulator
  hub: Hub
  client: twilio.Twilio
  /** The raw REST API, with the account's credentials unless others are given. */
  rest: (
    path: string,
    options?: { method?: string; body?: URLSearchParams; auth?: string },
  ) => Promise<Response>
  /** Moves the simulator's clock. */
  clock: { aheadMs: number }
  restart: () => Promise<Simulator>
}

/** Only the host changes: path, parameters and parsing are the SDK's own. */
class SimulatorClient extends RequestClient {
  readonly base: () => string

  constructor(base: () => string) {
    super({ timeout: 5_000 })
    this.base = base
  }

  override request<TData>(options: RequestClient.RequestOptions<TData>) {
    const { pathname, search } = new URL(options.uri)
    return super.request<TData>({ ...options, uri: this.base() + pathname + search })
  }
}

async function startHub(resources: AsyncDisposableStack): Promise<Hub> {
  const received: ReceivedWebhook[] = []
  const hub: Hub = {
    url: '',
    received,
    at: (path) => received.filter(({ url }) => url.startsWith(path)),
    answer: () => ({ status: 200, contentType: 'text/xml', body: '<Response/>' }),
    files: new Map(),
  }
  const server: Server = createServer((request, response) => {
    void (async () => {
      const file = hub.files.get(request.url ?? '')
      if (file) return response.setHeader('content-type', file.contentType).end(file.bytes)
      if (request.method !== 'POST') return response.writeHead(404).end()
      let body = ''
      for await (const chunk of request) body += String(chunk)
      const webhook = {
        url: request.url ?? '',
        headers: request.headers,
        form: Object.fromEntries(new URLSearchParams(body)),
      }
      received.push(webhook)
      const { status, contentType, body: text } = hub.answer(webhook)
      return response
        .writeHead(status, contentType === undefined ? {} : { 'content-type': contentType })
        .end(text)
    })()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  resources.defer(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  hub.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return hub
}

export async function runSimulator(databaseFile = ':memory:'): Promise<Running & AsyncDisposable> {
  const resources = new AsyncDisposableStack()
  const hub = await startHub(resources)
  const clock = { aheadMs: 0 }
  const config: SimulatorConfig = {
    accountSid,
    authToken,
    apiKey: { sid: 'SK1', secret: 'secret' },
    publicUrl: 'https://partyline.example.com',
    webhookBaseUrl: hub.url,
    host: '127.0.0.1',
    port: 0,
    databaseFile,
    defaultCountry: 'US',
    latencyMs: 10,
  }
  const log = createLog('simulator', process.env['TEST_LOG_LEVEL'] ?? 'silent')
  const boot = async () => {
    const simulator = createSimulator({ config, log, now: () => Date.now() + clock.aheadMs })
    await simulator.start()
    return simulator
  }
  const running: Running = {
    simulator: await boot(),
    hub,
    clock,
    client: twilio(accountSid, authToken, {
      httpClient: new SimulatorClient(() => running.simulator.apiUrl),
    }),
    rest: (path, { auth = `${accountSid}:${authToken}`, ...options } = {}) =>
      fetch(running.simulator.apiUrl + path, {
        ...options,
        headers: { authorization: `Basic ${Buffer.from(auth).toString('base64')}` },
      }),
    async restart() {
      await running.simulator.stop()
      running.simulator = await boot()
      return running.simulator
    },
  }
  resources.defer(() => running.simulator.stop())
  // With a webhook as most have it: Twilio tries again by itself only when it cannot connect.
  const smsUrl = 'https://partyline.example.com/webhooks/twilio/messages'
  running.simulator.addNumber({ address: line, name: 'Conference', smsUrl })
  return Object.assign(running, { [Symbol.asyncDispose]: () => resources.disposeAsync() })
}

/** A Messaging Service with the line in it. */
export async function makeService({ client }: Running): Promise<string> {
  const service = await client.messaging.v1.services.create({
    friendlyName: 'Pool',
    useInboundWebhookOnNumber: true,
  })
  const [number] = await client.incomingPhoneNumbers.list()
  await client.messaging.v1
    .services(service.sid)
    .phoneNumbers.create({ phoneNumberSid: number?.sid ?? '' })
  return service.sid
}

export const test = base.extend<{ running: Running }>({
  running: async ({}, use) => {
    await using running = await runSimulator()
    await use(running)
  },
})
