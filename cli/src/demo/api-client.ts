import type { Endpoint } from '@partyline/contracts/http'
import type { z } from 'zod'

interface Input {
  params?: Record<string, string>
  body?: unknown
}

export interface ApiClient {
  call<E extends Endpoint>(endpoint: E, input?: Input): Promise<z.output<E['reply']>>
}

/** Asks the api as a browser that signs in does, or as a script with a token. */
export function createApiClient(url: string, token?: string): ApiClient {
  let cookie = ''
  return {
    async call(endpoint, { params = {}, body } = {}) {
      const path = endpoint.path.replaceAll(/:(\w+)/g, (_, name: string) => params[name] ?? '')
      const response = await fetch(url + path, {
        method: endpoint.method,
        headers: {
          ...(token === undefined ? { cookie } : { authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      if (!response.ok) {
        throw new Error(`${endpoint.method} ${endpoint.path}: ${await response.text()}`)
      }
      cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie
      return endpoint.reply.parse(await response.json()) as z.output<(typeof endpoint)['reply']>
    },
  }
}
