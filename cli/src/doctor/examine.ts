import { once } from 'node:events'
import { connectPostgres, createDb, type Db } from '@partyline/db/client'
import { createTwilio } from '@partyline/dispatcher/twilio/client'
import { createLog } from '@partyline/kit/log'
import { connectRedis, type Redis } from '@partyline/kit/redis'
import { checkAccount } from './check-account.ts'
import { checkEnvironment } from './check-environment.ts'
import { checkMedia } from './check-media.ts'
import { examineDatabase } from './examine-database.ts'
import { examineDoor } from './examine-door.ts'
import { examineLines } from './examine-lines.ts'
import { examineRedis } from './examine-redis.ts'
import { type Check, type Finding, wrong } from './finding.ts'
import type { Fixing } from './fix-lines.ts'
import { runChecks } from './run-checks.ts'
import type { Settings } from './settings.ts'

export interface Options {
  /** How a person calls the doctor. */
  command: string
  /** Undefined: look only. */
  fixing: Fixing | undefined
}

/** What every look works with. */
export interface Patient extends Options {
  settings: Settings
  /** Twilio is not Twilio: nothing has to be reached from outside. */
  simulated: boolean
  db: Db
  /** The one connection, once it stands. */
  redis: () => Promise<Redis>
}

const twilioPatienceMs = 12_000
/** Of each look: some ask Twilio several times. */
const patienceMs = 45_000

/** Looks at the whole installation, at everything at once. */
export async function examine(settings: Settings, options: Options): Promise<Finding[]> {
  await using resources = new AsyncDisposableStack()
  const { config } = settings
  const sql = connectPostgres(config.databaseUrl, { name: 'doctor', max: 3 })
  resources.defer(() => sql.end({ timeout: 1 }))
  const twilio = createTwilio(config.twilio, twilioPatienceMs)
  resources.defer(() => twilio.close())
  const patient: Patient = {
    ...options,
    settings,
    simulated: config.twilio.apiUrl !== undefined,
    db: createDb(sql),
    redis: lazy(() => openRedis(settings, resources)),
  }
  const door = lazy(() => examineDoor(patient))
  const { mediaStore, dataFolder, authTokens } = config
  const given = { twilio: config.twilio, authToken: authTokens[0], ...settings }
  return await runChecks(
    [
      { about: 'Environment', look: async () => checkEnvironment(settings) },
      needing(settings, ['DATABASE_URL'], 'Postgres', () => examineDatabase(patient)),
      needing(settings, ['REDIS_URL'], 'Redis', () => examineRedis(patient)),
      needing(settings, ['PUBLIC_URL', ...credentials], 'PUBLIC_URL', door),
      needing(settings, credentials, 'Twilio account', () => checkAccount(given)),
      needing(settings, ['PUBLIC_URL', 'DATABASE_URL', ...credentials], 'Lines', () =>
        examineLines(patient, twilio.account, door),
      ),
      needing(settings, ['MEDIA_STORE', 'PARTYLINE_DATA'], 'Media', () =>
        checkMedia(mediaStore, dataFolder),
      ),
    ],
    patienceMs,
  )
}

const credentials = ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN']

/** A look that means nothing while one of these variables is wrong. */
function needing(
  { wrong: names }: Settings,
  needed: string[],
  about: string,
  look: Check['look'],
): Check {
  const missing = needed.filter((name) => names.has(name))
  if (missing.length === 0) return { about, look }
  const says = `Cannot be looked at while ${missing.join(' and ')} is not right.`
  return { about, look: async () => [wrong(about, says, 'Put the environment right first.')] }
}

async function openRedis({ config }: Settings, resources: AsyncDisposableStack): Promise<Redis> {
  const redis = connectRedis(config.redis, 'worker', createLog('doctor', 'silent'))
  resources.defer(() => redis.disconnect())
  // Rejects with the first thing that goes wrong.
  await once(redis, 'ready')
  return redis
}

function lazy<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}
