import { once } from 'node:events'
import { loadConfig as apiConfig } from '@partyline/api/config'
import { createSetupLink } from '@partyline/api/first-admin'
import { announceRunning } from '@partyline/cli/running-env'
import { seedLines } from '@partyline/cli/seed-lines'
import { simulatorCredentials } from '@partyline/cli/simulator-credentials'
import type { Welcome } from '@partyline/cli/welcome/welcome-text'
import { findUserByEmail } from '@partyline/db/queries/users'
import { createLog, type Logger } from '@partyline/kit/log'
import type { Simulator } from '@partyline/simulator/simulator'
import type { Config } from './config.ts'
import { connect, type Connections } from './connections.ts'
import type { DataFolder } from './data-folder.ts'
import { firstAdmin } from './first-admin.ts'
import { createGateway } from './gateway.ts'
import type { Infra } from './infra.ts'
import { toLines } from '@partyline/cli/line-seeds'
import { openTracings } from './open-tracings.ts'
import { playDemo } from './play-demo.ts'
import { runningEnv } from './running-env.ts'
import { createServices } from './services.ts'
import { createSimulation } from './simulation.ts'
import { webFiles } from './web-files.ts'

export interface ProductDeps {
  config: Config
  data: DataFolder
  infra: Infra
  /** The folder of the built dashboard. */
  web: string
  demo: boolean
  /** Takes over the stopping of everything that is started here. */
  resources: AsyncDisposableStack
}

/** Everything above Postgres and Redis, from the simulator to the public port. */
export async function runProduct(deps: ProductDeps): Promise<Welcome> {
  const { config, data, resources } = deps
  const simulated = config.twilio === undefined
  const { env, simulator, told } = await startSimulator(deps)
  resources.use(announceRunning(config.dataFolder, runningEnv(config, deps.infra, told)))
  const log = createLog('standalone', apiConfig(env).logLevel)
  const connections = await open(env, deps, log)
  const tracings = await openTracings(env, log, resources)
  const admin = firstAdmin(config, data)
  const lines = toLines(config.read)
  await seedLines(connections.dbs.api, lines)
  for (const line of lines) simulator?.addNumber(line)

  const services = createServices({ env, connections, tracings, admin, simulated })
  for (const service of services.all) {
    resources.defer(() => service.stop())
    await service.start()
  }
  const gateway = createGateway({
    port: config.port,
    doors: {
      ...services.doors,
      ...(simulator && {
        '/simulator': { request: (request, response) => simulator.handle(request, response) },
      }),
    },
    web: webFiles(deps.web),
    https: config.publicUrl.startsWith('https:'),
  })
  resources.defer(() => gateway.stop())
  await gateway.start()

  if (simulator && admin && deps.demo && config.read.DEMO && !data.isDone('demo')) {
    // Marked first: a demo that was interrupted is better than one that happens twice.
    data.done('demo')
    await playDemo(admin, `http://127.0.0.1:${config.port}`)
  }
  const db = connections.dbs.api
  const known = admin && (await findUserByEmail(db, admin.email))
  return {
    publicUrl: config.publicUrl,
    setupLink: (await createSetupLink(db, config.publicUrl)) ?? null,
    signIn: admin && known ? { email: admin.email, password: admin.shown } : null,
    simulated,
  }
}

async function startSimulator({ config, data, infra, resources }: ProductDeps) {
  const { accountSid, authToken } = config.twilio ?? simulatorCredentials(data.secret)
  const env = config.serviceEnv({
    DATABASE_URL: infra.databaseUrl,
    REDIS_URL: infra.redisUrl,
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: authToken,
  })
  if (config.twilio) return { env, simulator: undefined, told: undefined }
  const simulator: Simulator = createSimulation(env, config)
  await simulator.start()
  resources.defer(() => simulator.stop())
  const told = {
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: authToken,
    TWILIO_API_URL: simulator.apiUrl,
  }
  return { env: { ...env, ...told }, simulator, told }
}

async function open(
  env: NodeJS.ProcessEnv,
  { config, infra, resources }: ProductDeps,
  log: Logger,
) {
  const { redis, mediaStore } = apiConfig(env)
  const connections: Connections = connect(
    {
      databaseUrl: infra.databaseUrl,
      serviceUrls: infra.serviceUrls,
      dataFolder: config.dataFolder,
      redis,
      mediaStore,
    },
    log,
    resources,
  )
  // In producer haste nothing waits for a connection that was never there.
  if (connections.hasty.status !== 'ready') await once(connections.hasty, 'ready')
  return connections
}
