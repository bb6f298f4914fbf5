import path from 'node:path'
import { createApi } from '@partyline/api/api'
import type { Deps } from '@partyline/api/deps'
import { hashPassword } from '@partyline/api/password'
import { groupEndpoints } from '@partyline/contracts/api/groups'
import { lineEndpoints } from '@partyline/contracts/api/lines'
import { noLimits } from '@partyline/contracts/send-limits'
import { createUser } from '@partyline/db/queries/users'
import { createDiskBlobs } from '@partyline/kit/disk-blobs'
import { createDoorbell } from '@partyline/kit/doorbell'
import type { Http } from '@partyline/kit/http'
import { test as base, type Stack } from '../../support/stack.ts'
import { Client, password, publicUrl } from './client.ts'

const config: Omit<Deps['config'], 'redis'> = {
  publicUrl,
  accountSid: null,
  defaultCountry: 'US',
  limit: 20,
  limits: noLimits,
  pushHosts: [],
  trustedProxies: ['loopback'],
  simulated: true,
  admin: undefined,
}

/** The api on a test's own stack, asked through `http.inject`. */
export function runApi(stack: Stack, given: Partial<Deps['config']> = {}) {
  const api = createApi({
    config: { ...config, redis: { prefix: stack.prefix }, ...given },
    log: stack.log,
    tracing: stack.tracing,
    db: stack.dbs.api,
    redis: stack.redis,
    producer: stack.producer,
    feedBell: createDoorbell(stack.redis, stack.prefix, 'feed', stack.log),
    blobs: createDiskBlobs(path.join(stack.dataFolder, 'media')),
  })
  return { api, http: api.http, [Symbol.asyncDispose]: () => api.stop() }
}

/** One hash for all: making it is slow on purpose. */
const hashed = hashPassword(password)

export interface ApiTest {
  http: Http
  /** The ids of three users: an administrator and two agents. */
  users: { admin: string; ana: string; ben: string }
  /** Signed in, each. */
  admin: Client
  ana: Client
  ben: Client
  nobody: () => Client
}

export const test = base.extend<ApiTest>({
  http: async ({ stack }, use) => {
    await using running = runApi(stack)
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

async function signedIn(http: Http, users: ApiTest['users'], name: keyof typeof users) {
  const client = new Client(http)
  await client.signIn(`${name}@example.com`)
  return client
}

export function makeLine(admin: Client, given: object = {}) {
  return admin.call(
    lineEndpoints.create,
    {},
    { address: '+15550100001', name: 'Main', mode: 'inbox', ...given },
  )
}

export async function makeGroup(admin: Client, given: object = {}) {
  const line = await makeLine(admin, { address: '+15550100099', name: 'Conference', ...given })
  return admin.call(groupEndpoints.create, {}, { name: 'Conference', lineId: line.id })
}

export const makeMember = (client: Client, groupId: string, name: string, phone: string) =>
  client.call(groupEndpoints.addMember, { id: groupId }, { name, phone })
