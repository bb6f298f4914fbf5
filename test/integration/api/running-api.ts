import path from 'node:path'
import { createApi } from '@partyline/api/api'
import type { Deps } from '@partyline/api/deps'
import { hashPassword } from '@partyline/api/password'
import { createUser } from '@partyline/db/queries/users'
import { createDiskBlobs } from '@partyline/kit/blobs'
import { createDoorbell } from '@partyline/kit/doorbell'
import type { Http } from '@partyline/kit/http'
import { test as base, type Stack } from '../../support/stack.ts'

export const publicUrl = 'http://localhost:8080'
export const password = 'correct horse battery staple'

const config: Deps['config'] = {
  publicUrl,
  defaultCountry: 'US',
  limit: 20,
  simulated: true,
  admin: undefined,
}

/** The api on a test's own stack, asked through `http.inject`. */
export async function runApi(stack: Stack, given: Partial<Deps['config']> = {}) {
  const api = createApi({
    config: { ...config, ...given },
    log: stack.log,
    db: stack.db,
    producer: stack.producer,
    feedBell: createDoorbell(stack.redis, stack.prefix, 'feed', stack.log),
    blobs: createDiskBlobs(path.join(stack.dataFolder, 'media')),
  })
  return { api, http: api.http, [Symbol.asyncDispose]: () => api.stop() }
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read answers of every shape.
type Json = any

export interface Answer {
  status: number
  body: Json
  headers: Record<string, string | string[] | number | undefined>
  text: string
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

/** Somebody with a cookie, or nobody yet. */
export class Client {
  readonly http: Http
  cookie: string | undefined
  ip = '203.0.113.1'

  constructor(http: Http) {
    this.http = http
  }

  async ask(
    method: Method,
    url: string,
    payload?: object | string | Buffer,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await this.http.inject({
      method,
      url,
      remoteAddress: this.ip,
      ...(payload !== undefined && { payload }),
      headers: {
        ...(this.cookie && { cookie: this.cookie }),
        ...(method !== 'GET' && { origin: publicUrl }),
        ...headers,
      },
    })
    const set = response.headers['set-cookie']
    if (typeof set === 'string') this.cookie = set.split(';')[0]
    const json = response.headers['content-type']?.toString().includes('json')
    return {
      status: response.statusCode,
      headers: response.headers,
      text: response.payload,
      body: json ? response.json<Json>() : undefined,
    }
  }

  get = (url: string) => this.ask('GET', url)
  post = (url: string, body?: object) => this.ask('POST', url, body)
  patch = (url: string, body: object) => this.ask('PATCH', url, body)
  delete = (url: string) => this.ask('DELETE', url)

  async signIn(email: string, given = password): Promise<Answer> {
    return this.post('/api/session', { email, password: given })
  }
}

/** One hash for all: making it is slow on purpose. */
const hashed = hashPassword(password)

export interface ApiTest {
  stack: Stack
  http: Http
  /** Signed in. */
  admin: Client
  ana: Client
  ben: Client
  nobody: () => Client
  users: { admin: string; ana: string; ben: string }
}

export const test = base.extend<Omit<ApiTest, 'stack'>>({
  http: async ({ stack }, use) => {
    await using running = await runApi(stack)
    await running.api.start()
    await use(running.http)
  },
  nobody: async ({ http }, use) => use(() => new Client(http)),
  users: async ({ stack }, use) => {
    const passwordHash = await hashed
    const make = async (name: string, role: 'admin' | 'agent') => {
      const email = `${name.toLowerCase()}@example.com`
      const row = await createUser(stack.db, { email, name, role, passwordHash })
      return row?.id ?? ''
    }
    await use({
      admin: await make('Admin', 'admin'),
      ana: await make('Ana', 'agent'),
      ben: await make('Ben', 'agent'),
    })
  },
  admin: async ({ http, users }, use) => use(await signedIn(http, users, 'admin')),
  ana: async ({ http, users }, use) => use(await signedIn(http, users, 'ana')),
  ben: async ({ http, users }, use) => use(await signedIn(http, users, 'ben')),
})

async function signedIn(http: Http, _users: object, name: string): Promise<Client> {
  const client = new Client(http)
  await client.signIn(`${name}@example.com`)
  return client
}

export async function makeLine(admin: Client, given: object = {}): Promise<Json> {
  const line = { address: '+15550100001', name: 'Main', mode: 'inbox', ...given }
  return (await admin.post('/api/lines', line)).body
}

export async function makeGroup(admin: Client): Promise<Json> {
  const line = await makeLine(admin, { address: '+15550100099', name: 'Conference' })
  return (await admin.post('/api/groups', { name: 'Conference', lineId: line.id })).body
}
