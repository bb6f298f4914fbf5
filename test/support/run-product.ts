import { createApiClient, type ApiClient } from '@partyline/cli/demo/api-client'
import { loadConfig } from '@partyline/standalone/config'
import { freePort } from '@partyline/standalone/free-port'
import { createStandalone } from '@partyline/standalone/standalone'
import { sessionEndpoints } from '@partyline/contracts/api/session'
import { createPhones, type Phones } from './phones.ts'
import type { Stack } from './stack.ts'

export const admin = { email: 'admin@example.com', password: 'correct horse battery' }

export interface Product extends AsyncDisposable {
  url: string
  phones: Phones
  /** An api client that is signed in as the admin. */
  signIn(credentials?: typeof admin): Promise<ApiClient>
}

interface Options {
  /** Unset: the simulator's own admin, and with Twilio's credentials a set-up link. */
  withAdmin?: boolean
  /** The built dashboard; a story in the browser gives the real one. */
  webFolder?: string
  /** More of the environment, such as `LIMIT`. */
  env?: Record<string, string>
  /** Whether a first start makes conversations to look at. */
  demo?: boolean
}

/** The whole product behind its one public port, on a test's own database, queues and folder. */
export async function runProduct(
  stack: Stack,
  { withAdmin = true, webFolder = stack.dataFolder, env: more = {}, demo = false }: Options = {},
): Promise<Product & { setupLink: string | null }> {
  const port = Number(more['PORT'] ?? (await freePort()))
  const env = {
    PORT: String(port),
    DATABASE_URL: stack.databaseUrl,
    REDIS_URL: stack.redisUrl,
    // The one of the tests keeps nothing on disk.
    REDIS_DURABILITY: 'warn',
    QUEUE_PREFIX: stack.prefix,
    PARTYLINE_DATA: stack.dataFolder,
    LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
    ...(withAdmin && { ADMIN_EMAIL: admin.email, ADMIN_PASSWORD: admin.password }),
    ...more,
  }
  const product = createStandalone({
    config: loadConfig(env, stack.dataFolder),
    webFolder,
    demo,
  })
  const { setupLink } = await product.start()
  const url = `http://localhost:${port}`
  return {
    url,
    setupLink,
    phones: createPhones(url),
    async signIn({ email, password } = admin) {
      const api = createApiClient(url)
      await api.call(sessionEndpoints.create, { body: { email, password } })
      return api
    },
    [Symbol.asyncDispose]: () => product.stop(),
  }
}
