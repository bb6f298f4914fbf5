import path from 'node:path'
import { connectPostgres, createDb, type Db } from '@partyline/db/client'
import { migrate } from '@partyline/db/migrate'
import { createLog } from '@partyline/kit/log'
import { createSimulator, type Simulator } from '@partyline/simulator/simulator'
import { freePort } from '@partyline/standalone/free-port'
import { account, publicUrl } from '../support/webhook.ts'
import { openDoor } from './door.ts'
import { type Group, seedGroups } from './groups.ts'
import type { Scenario } from './scenario.ts'
import { startStores, type Stores } from './stores.ts'
import { Supervised } from './supervised.ts'

/** Everything that can break, and the judge that cannot. */
export interface Hub extends AsyncDisposable {
  stores: Stores
  ingresses: Supervised[]
  dispatchers: Supervised[]
  simulator: Simulator
  /** The simulator's own file: what was really created, in its order. */
  simulatorFile: string
  /** Where webhooks go. */
  doorUrl: string
  db: Db
  groups: Group[]
}

/** How long answers, claims and doubts last: as in production, but in seconds. */
const lab = {
  TWILIO_TIMEOUT_MS: '1500',
  CLAIM_LEASE_MS: '8000',
  SETTLE_MS: '5000',
  BACKFILL_EVERY_MS: '10000',
}

export async function openHub(folder: string, scenario: Scenario): Promise<Hub> {
  await using opening = new AsyncDisposableStack()
  const stores = opening.use(await startStores(folder))
  await migrate(stores.postgres.url)
  const sql = opening.adopt(
    connectPostgres(stores.postgres.url, { name: 'judge', max: 3 }),
    (pool) => pool.end({ timeout: 2 }),
  )
  const db = createDb(sql)
  const groups = await seedGroups(db)

  const ingressPorts = await freePorts(scenario.ingresses ?? 1)
  const door = opening.use(await openDoor(ingressPorts))
  const simulatorFile = path.join(folder, 'simulator.sqlite')
  const simulator = await startSimulator(opening, simulatorFile, door.url)
  for (const { address, name } of groups) {
    // Nothing to call: the suite brings each text to the door itself, as often as it takes.
    simulator.addNumber({ address, name, smsUrl: '' })
  }
  simulator.misbehave(scenario.misbehave ?? {})

  const run = createRunner(opening, folder, {
    ...lab,
    DATABASE_URL: stores.postgres.url,
    REDIS_URL: stores.redis.url,
    TWILIO_API_URL: simulator.apiUrl,
    ...scenario.env,
  })
  const ingresses = ingressPorts.map((port, index) => run('ingress', index, port))
  const dispatcherPorts = await freePorts(scenario.dispatchers ?? 2)
  const dispatchers = dispatcherPorts.map((port, index) => run('dispatcher', index, port))
  await Promise.all([...ingressPorts, ...dispatcherPorts].map(untilReady))

  const resources = opening.move()
  return {
    ...{ stores, ingresses, dispatchers, simulator, simulatorFile, doorUrl: door.url, db, groups },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

async function startSimulator(
  resources: AsyncDisposableStack,
  databaseFile: string,
  webhookBaseUrl: string,
): Promise<Simulator> {
  const simulator = createSimulator({
    config: {
      accountSid: account.sid,
      authToken: account.token,
      ...{ publicUrl, webhookBaseUrl, databaseFile },
      ...{ host: '127.0.0.1', port: 0, defaultCountry: 'US', latencyMs: 20 },
    },
    log: createLog('simulator', 'silent'),
  })
  await simulator.start()
  resources.defer(() => simulator.stop())
  return simulator
}

function createRunner(
  resources: AsyncDisposableStack,
  folder: string,
  shared: Record<string, string>,
) {
  return (service: 'ingress' | 'dispatcher', index: number, port: number) => {
    const name = `${service}-${index + 1}`
    const process = new Supervised({
      name,
      entry: `services/${service}/src/main.ts`,
      logFile: path.join(folder, `${name}.log`),
      env: {
        NODE_ENV: 'test-chaos',
        LOG_LEVEL: 'warn',
        PUBLIC_URL: publicUrl,
        PARTYLINE_DATA: folder,
        TWILIO_ACCOUNT_SID: account.sid,
        TWILIO_AUTH_TOKEN: account.token,
        [`${service.toUpperCase()}_PORT`]: String(port),
        ...shared,
      },
    })
    resources.defer(() => process.end())
    return process
  }
}

async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>()
  while (ports.size < count) ports.add(await freePort())
  return [...ports]
}

async function untilReady(port: number): Promise<void> {
  const deadline = Date.now() + 60_000
  while (Date.now() < deadline) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`the service on port ${port} did not become ready: see its log`)
}
