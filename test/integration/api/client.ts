import type { ErrorCode } from '@partyline/contracts/errors'
import type { Endpoint } from '@partyline/contracts/http'
import { sessionEndpoints } from '@partyline/contracts/api/session'
import type { Http } from '@partyline/kit/http'
import { z } from 'zod'

export const publicUrl = 'http://localhost:8080'
export const password = 'correct horse battery staple'

export interface Answer {
  status: number
  /** Of an error. */
  code: ErrorCode | undefined
  message: string | undefined
  headers: Record<string, string | string[] | number | undefined>
  text: string
  bytes: Buffer
}

type Params = Record<string, string>

/** Somebody at a browser or a script: keeps the cookie it is given. */
export class Client {
  readonly http: Http
  readonly #origin: string
  cookie: string | undefined
  ip = '203.0.113.1'

  constructor(http: Http, origin = publicUrl) {
    this.http = http
    this.#origin = origin
  }

  /** The same person, asking another instance. */
  at(http: Http): Client {
    const other = new Client(http)
    other.cookie = this.cookie
    return other
  }

  /** The reply, which must be one of the contract. `given` is the query of a GET and the body of all others. */
  async call<E extends Endpoint>(
    endpoint: E,
    params: Params = {},
    given?: object,
  ): Promise<z.output<E['reply']>> {
    const answer = await this.try(endpoint, params, given)
    if (answer.status >= 300) {
      throw new Error(`${endpoint.path}: ${answer.status} ${answer.code} ${answer.message}`)
    }
    return endpoint.reply.parse(JSON.parse(answer.text)) as z.output<E['reply']>
  }

  /** As `call`, for what is expected to be refused. */
  async try(endpoint: Endpoint, params: Params = {}, given?: object): Promise<Answer> {
    const path = endpoint.path.replaceAll(/:(\w+)/g, (_, name: string) => params[name] ?? '')
    if (endpoint.method !== 'GET') return this.ask(endpoint.method, path, given)
    const query = new URLSearchParams(Object.entries(given ?? {}).map(([k, v]) => [k, String(v)]))
    return this.ask('GET', `${path}?${query.toString()}`)
  }

  async ask(
    method: Endpoint['method'],
    url: string,
    payload?: object | string,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await this.http.inject({
      method,
      url,
      remoteAddress: this.ip,
      ...(payload !== undefined && { payload }),
      headers: {
        ...(this.cookie && { cookie: this.cookie }),
        ...(method !== 'GET' && { origin: this.#origin }),
        ...headers,
      },
    })
    const set = response.headers['set-cookie']
    if (typeof set === 'string') this.cookie = set.split(';')[0]
    return {
      status: response.statusCode,
      ...errorIn(response.payload),
      headers: response.headers,
      text: response.payload,
      bytes: response.rawPayload,
    }
  }

  get = (url: string) => this.ask('GET', url)

  signIn(email: string, given = password): Promise<Answer> {
    return this.try(sessionEndpoints.create, {}, { email, password: given })
  }

  async whoAmI() {
    return (await this.call(sessionEndpoints.get)).user
  }
}

const errorBody = z.object({
  error: z.object({ code: z.string(), message: z.string(), requestId: z.string() }),
})

function errorIn(text: string): Pick<Answer, 'code' | 'message'> {
  const found = text.startsWith('{"error"') ? errorBody.parse(JSON.parse(text)).error : undefined
  return { code: found?.code as ErrorCode | undefined, message: found?.message }
}
