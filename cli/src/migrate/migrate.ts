import { migrate as bringUpToDate } from '@partyline/db/migrate'
import type { Call } from '../command.ts'
import { say } from '../print.ts'
import { loadConfig } from './config.ts'
import { waitForPostgres, waitForRedis } from '../wait-for-stores.ts'

const patienceMs = 60_000

/** Brings the database to this version, as its owner, and makes the users of the services where they are named. */
export async function migrate({ env }: Call): Promise<number> {
  const { ownerUrl, serviceUrls, redisUrl } = loadConfig(env)
  await Promise.all([
    waitForPostgres(ownerUrl, patienceMs),
    ...(redisUrl === undefined ? [] : [waitForRedis(redisUrl, patienceMs)]),
  ])
  const { applied, known } = await bringUpToDate(ownerUrl, serviceUrls)
  const steps = known === applied ? 'nothing to do' : `${known - applied} steps done`
  const users = serviceUrls === undefined ? '' : ', and each service has a user of its own'
  say(`The database is at step ${known} (${steps})${users}.`)
  return 0
}
