import { stringify } from 'node:querystring'
import { crashPoint } from '@partyline/kit/crash-point'
import RequestClient from 'twilio/lib/base/RequestClient.js'
import { Agent, request } from 'undici'
import type { Asked, TwilioMetrics } from '../metrics/twilio-metrics.ts'

/** Nothing of the request left this machine: Twilio cannot have acted on it. */
export class NotSentError extends Error {
  override readonly name = 'NotSentError'
}

/** The request may have arrived: Twilio may or may not have acted on it. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError'
}

/** As many as calls may be under way, so that none waits in the pool while its claim grows old. */
const maxConnections = 100

/** Failures of name, route or handshake, which come before the first byte of the request. */
const beforeFirstByte = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])

type Options = RequestClient.RequestOptions
type Answer<T> = Awaited<ReturnType<typeof RequestClient.prototype.request<T>>>

/**
 * The SDK's transport on an undici pool. The SDK's own opens two thousand connections for ten thousand
 * texts and puts credentials into the errors it throws; ours keeps fifty and throws two plain errors.
 */
export class PooledClient extends RequestClient {
  readonly #apiUrl: string | undefined
  readonly #agent: Agent
  readonly #timeoutMs: number
  readonly #metrics: TwilioMetrics | undefined

  constructor(apiUrl: string | undefined, timeoutMs: number, metrics?: TwilioMetrics) {
    super({ timeout: timeoutMs })
    this.#metrics = metrics
    this.#timeoutMs = timeoutMs
    this.#apiUrl = apiUrl?.replace(/\/+$/, '')
    this.#agent = new Agent({
      connections: maxConnections,
      connect: { timeout: 5_000 },
    })
  }

  override async request<T>(options: RequestClient.RequestOptions<T>): Promise<Answer<T>> {
    const began = performance.now()
    const count = (end: Pick<Asked, 'status' | 'code'>) => {
      const seconds = (performance.now() - began) / 1_000
      this.#metrics?.asked({ operation: operationOf(options), seconds, ...end })
    }
    const { statusCode, headers, text } = await this.#exchange(options).catch((error: unknown) => {
      count({ status: error instanceof NotSentError ? 'not_sent' : 'no_answer' })
      throw error
    })
    const body = parse(text)
    count({ status: statusCode, code: errorCodeIn(body) })
    // The SDK reads these three and nothing else of its own Response class.
    return { statusCode, headers, body } as unknown as Answer<T>
  }

  async #exchange(options: Options) {
    try {
      const answer = await request(this.#address(options), {
        method: options.method.toUpperCase() as 'GET',
        dispatcher: this.#agent,
        signal: AbortSignal.timeout(this.#timeoutMs),
        headers: { ...(options.headers as Record<string, string>), authorization: basic(options) },
        body: options.data ? stringify(options.data as Record<string, string>) : null,
      })
      if (options.method === 'post') crashPoint('D4')
      const text = await answer.body.text()
      return { statusCode: answer.statusCode, headers: answer.headers, text }
    } catch (error) {
      const code = codeOf(error)
      const neverLeft = code !== undefined && beforeFirstByte.has(code)
      // The cause is dropped on purpose: it may hold the request with its credentials.
      if (neverLeft) throw new NotSentError(`Twilio cannot be reached (${code})`)
      throw new NoAnswerError(`Twilio did not answer (${code ?? 'connection lost'})`)
    }
  }

  async close(): Promise<void> {
    await this.#agent.close()
  }

  #address({ uri, params }: Options): string {
    const url = new URL(uri)
    const given = (params ?? {}) as Record<string, string | number | boolean | undefined>
    for (const [name, value] of Object.entries(given)) {
      if (value !== undefined) url.searchParams.append(name, String(value))
    }
    return this.#apiUrl ? `${this.#apiUrl}${url.pathname}${url.search}` : url.href
  }
}

function basic({ username, password }: Options): string {
  return `Basic ${Buffer.from(`${username ?? ''}:${password ?? ''}`).toString('base64')}`
}

/** What is not JSON stays text: the SDK then reports the status, or we see that there is no SID. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** What the SDK asks for, by the address it asks at. */
function operationOf({ method, uri }: Options): Asked['operation'] {
  const [, of] = /\/Messages(\/.*)?\.json/.exec(uri) ?? []
  if (!uri.includes('/Messages')) return 'other'
  if (of === undefined) return method === 'post' ? 'send' : 'list'
  return of.includes('/Media') ? 'media' : 'fetch'
}

function errorCodeIn(body: unknown): number | undefined {
  if (typeof body !== 'object' || body === null || !('code' in body)) return undefined
  return typeof body.code === 'number' ? body.code : undefined
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  return 'cause' in error ? codeOf(error.cause) : undefined
}
