import path from 'node:path'
import { connectPostgres, createDb } from '@partyline/db/client'
import { migrate } from '@partyline/db/migrate'
import { createLog } from '@partyline/kit/log'
import { createSimulator, type Simulator } from '@partyline/simulator/simulator'
import { account, publicUrl } from '../support/webhook.ts'
import { CrashPlan, type Service } from './crash-plan.ts'
import type { Site } from './dashboard.ts'
import { type Door, openDoor } from './door.ts'
import { seedGroups } from './groups.ts'
import type { Judged } from './judge.ts'
import { claimPorts, type OwnPorts } from './own-ports.ts'
import type { Scenario } from './scenario.ts'
import { startStores, type Stores } from './stores.ts'
import { Supervised } from './supervised.ts'

/** Everything that can break, and the judge that cannot. */
export interface Hub extends Judged, Site, AsyncDisposable {
  stores: Stores
  ingresses: Supervised[]
  dispatchers: Supervised[]
  apis: Supervised[]
  realtimes: Supervised[]
  /** All of the above. */
  processes: Supervised[]
  crashes: CrashPlan
  /** One more of them, once it is ready. */
  addDispatcher(): Promise<void>
  simulator: Simulator
  /** Where webhooks go. */
  doorUrl: string
  /** What can be cut. */
  realtimeDoor: Door
  /** Of this run: logs, and the stores. */
  folder: string
}

/** How long answers, claims and doubts last: as in production, but in seconds. */
const lab = {
  TWILIO_TIMEOUT_MS: '1500',
  CLAIM_LEASE_MS: '8000',
  SETTLE_MS: '5000',
  BACKFILL_EVERY_MS: '10000',
  // Members who text without pause are the load here, not a loop.
  RELAY_CAP_PER_MINUTE: '0',
  RELAY_CAP_SAME_TEXT: '0',
  SEND_CAP_PER_USER_PER_DAY: '0',
  SEND_CAP_PER_DAY: '0',
  REPEAT_RECIPIENTS: '0',
}

export async function openHub(
  folder: string,
  scenario: Scenario,
  random: () => number,
): Promise<Hub> {
  await using opening = new AsyncDisposableStack()
  const own = opening.use(await claimPorts())
  const stores = opening.use(await startStores(folder, own, scenario.disks))
  await migrate(stores.postgres.url)
  const sql = opening.adopt(
    connectPostgres(stores.postgres.url, { name: 'judge', max: 3 }),
    (pool) => pool.end({ timeout: 2 }),
  )
  const db = createDb(sql)
  const groups = await (scenario.groups?.(db) ?? seedGroups(db, 4))

  const ports = portsFor(countsOf(scenario), own)
  const door = opening.use(await openDoor(ports.ingress))
  const apiDoor = opening.use(await openDoor(ports.api))
  const realtimeDoor = opening.use(await openDoor(ports.realtime))
  const simulatorFile = path.join(folder, 'simulator.sqlite')
  const simulator = await startSimulator(opening, simulatorFile, door.url)
  for (const { address, name } of groups) {
    // Nothing to call: the suite brings each text to the door itself, as often as it takes.
    simulator.addNumber({ address, name, smsUrl: '' })
  }
  simulator.misbehave(scenario.misbehave ?? {})

  const crashes = new CrashPlan(scenario.diesAt ?? {}, random, path.join(folder, 'healed'))
  const { run, processes } = createRunner(opening, folder, crashes, {
    ...lab,
    DATABASE_URL: stores.postgres.url,
    REDIS_URL: stores.redis.url,
    TWILIO_API_URL: simulator.apiUrl,
    ...scenario.env,
  })
  const runAll = (service: Service) =>
    ports[service].map((port, index) => run(service, index, port))
  const runDispatcher = (port: number, index: number) =>
    run('dispatcher', index, port, scenario.dispatcherEnv?.(index, folder))
  const [ingresses, dispatchers] = [runAll('ingress'), ports.dispatcher.map(runDispatcher)]
  const [apis, realtimes] = [runAll('api'), runAll('realtime')]
  await Promise.all(processes.map((process) => process.untilReady()))

  const resources = opening.move()
  return {
    ...{ stores, ingresses, dispatchers, apis, realtimes, processes, crashes },
    ...{ simulator, simulatorFile, db, groups, folder },
    ...{ doorUrl: door.url, apiUrl: apiDoor.url, realtimeDoor },
    async addDispatcher() {
      const added = runDispatcher(own.next(), dispatchers.length)
      dispatchers.push(added)
      await added.untilReady()
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

function countsOf(scenario: Scenario): Record<Service, number> {
  const { ingresses = 1, dispatchers = 2, apis = 0, realtimes = 0 } = scenario
  return { ingress: ingresses, dispatcher: dispatchers, api: apis, realtime: realtimes }
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
  crashes: CrashPlan,
  shared: Record<string, string>,
) {
  const processes: Supervised[] = []
  resources.defer(() =>
    Promise.all(processes.map((process) => process.end())).then(() => undefined),
  )
  const run = (
    service: Service,
    index: number,
    port: number,
    own: Record<string, string> = {},
  ): Supervised => {
    const name = `${service}-${index + 1}`
    const process = new Supervised({
      ...{ service, name, port, crashes },
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
        ...own,
      },
    })
    processes.push(process)
    return process
  }
  return { run, processes }
}

/** As many for each service as it has processes. */
function portsFor(counts: Record<Service, number>, own: OwnPorts): Record<Service, number[]> {
  const take = (service: Service) => Array.from({ length: counts[service] }, () => own.next())
  return {
    ingress: take('ingress'),
    dispatcher: take('dispatcher'),
    api: take('api'),
    realtime: take('realtime'),
  }
}
