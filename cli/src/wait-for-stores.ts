import { setTimeout as wait } from 'node:timers/promises'
import { connectPostgres, createDb } from '@partyline/db/client'
import { ping } from '@partyline/db/queries/ping'
import { createLog } from '@partyline/kit/log'
import { connectRedis } from '@partyline/kit/redis'
import { within } from '@partyline/kit/within'
import { codeOf, whyOf } from './doctor/why-of.ts'
import { KnownError } from './known-error.ts'

/** Codes of what waiting does not change: wrong credentials, no such database. */
const final = /^(28|3D)/

/** Postgres may be starting at the same time, and its name be known only then. */
export async function waitForPostgres(url: string, patienceMs: number): Promise<void> {
  const deadline = Date.now() + patienceMs
  for (;;) {
    const sql = connectPostgres(url, { name: 'migrate', max: 1 })
    try {
      return await ping(createDb(sql))
    } catch (error) {
      if (final.test(codeOf(error) ?? '') || Date.now() > deadline) {
        const { host, pathname } = new URL(url)
        throw unusable('Postgres', host + pathname, error, 'DATABASE_URL')
      }
    } finally {
      await sql.end({ timeout: 1 })
    }
    await wait(300)
  }
}

export async function waitForRedis(url: string, patienceMs: number): Promise<void> {
  const log = createLog('migrate', 'silent')
  const redis = connectRedis({ url, prefix: 'partyline' }, 'worker', log)
  let heard: unknown
  redis.on('error', (error) => (heard = error))
  try {
    await within(patienceMs, redis.ping())
  } catch (error) {
    throw unusable('Redis', new URL(url).host, heard ?? error, 'REDIS_URL')
  } finally {
    redis.disconnect()
  }
}

function unusable(store: string, where: string, cause: unknown, variable: string): KnownError {
  const message = `${store} at ${where} cannot be used: ${whyOf(cause)}. Check ${variable}.`
  return new KnownError(message, { cause })
}
