import { connectPostgres, createDb, type Db } from '@partyline/db/client'
import { findMissingRights } from '@partyline/db/queries/missing-rights'
import { ping } from '@partyline/db/queries/ping'
import { databaseUsers, type ServiceUrls } from '@partyline/db/roles'
import { type Finding, right, wrong } from './finding.ts'
import { whyOf } from './why-of.ts'

const about = 'Database users'
type Service = keyof ServiceUrls

/** Whether each service gets in, and may what it must. */
export async function checkRights(db: Db, urls: ServiceUrls): Promise<Finding[]> {
  const problems: Finding[] = []
  const users = new Set<string>()
  for (const service of databaseUsers) {
    const user = userOf(service, urls)
    users.add(user)
    const missing = await findMissingRights(db, service, user)
    if (missing.user === 'missing') {
      problems.push(wrong(about, `There is no user ${user} for ${service}.`, repair))
    } else if (missing.missing.length > 0) {
      problems.push(wrong(about, inWords(service, user, missing.missing), repair))
    } else {
      problems.push(...(await mayEnter(service, user, urls)))
    }
  }
  if (problems.length > 0) return problems
  const says =
    users.size === 1
      ? `All services share ${[...users].join()}, and it may what they must.`
      : 'Each service has one of its own, which may what it must.'
  return [right(about, says)]
}

const repair =
  'Run partyline migrate with the address of the owner and of each service’s user (db/README.md).'

/**
 * Whose address is only known for one service, as in that service's container, has the others' users called
 * alike.
 */
function userOf(service: Service, urls: ServiceUrls): string {
  const user = decodeURIComponent(new URL(urls[service]).username)
  const isShared = new Set(Object.values(urls)).size === 1
  return isShared ? user.replace(/(?<=_)dispatcher$/, service) : user
}

/** With its own address and password, where these are known here. */
async function mayEnter(service: Service, user: string, urls: ServiceUrls): Promise<Finding[]> {
  const url = new URL(urls[service])
  if (decodeURIComponent(url.username) !== user) return []
  const sql = connectPostgres(url.href, { name: 'doctor', max: 1 })
  try {
    await ping(createDb(sql))
    return []
  } catch (error) {
    return [wrong(about, `${service} does not get in as ${user}: ${whyOf(error)}.`, repair)]
  } finally {
    await sql.end({ timeout: 1 })
  }
}

function inWords(service: string, user: string, missing: string[]): string {
  const shown = missing.slice(0, 3).join(', ')
  const more = missing.length > 3 ? ` and ${missing.length - 3} more` : ''
  return `${user} may not ${shown}${more}, which ${service} must.`
}
