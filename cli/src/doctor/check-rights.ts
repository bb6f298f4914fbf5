import { connectPostgres, createDb, type Db } from '@partyline/db/client'
import { findCurrentUser, findMissingRights } from '@partyline/db/queries/missing-rights'
import { databaseUsers, type ServiceUrls } from '@partyline/db/roles'
import { type Finding, right, wrong } from './finding.ts'
import { whyOf } from './why-of.ts'

const about = 'Database users'
type Service = keyof ServiceUrls

/** Whether each service gets in, and may what it must. */
export async function checkRights(db: Db, urls: ServiceUrls): Promise<Finding[]> {
  const users = new Set<string>()
  const problems = new Map<string, Finding>()
  for (const service of databaseUsers) {
    const user = await findUser(service, urls)
    if ('problem' in user) problems.set(user.problem, wrong(about, user.problem, repair))
    else {
      users.add(user.name)
      for (const problem of await problemsOf(db, service, user.name)) {
        // Services that share a user share its problems.
        problems.set(problem, wrong(about, problem, repair))
      }
    }
  }
  if (problems.size > 0) return [...problems.values()]
  const says =
    users.size === 1
      ? `All services share ${[...users].join()}, which may what they must.`
      : 'Each service has one of its own, which may what it must.'
  return [right(about, says)]
}

const repair =
  'Run partyline migrate as the owner, with the address of each service’s user (docker compose up does; else see db/README.md).'

type User = { name: string } | { problem: string }

/**
 * As whom a service works: Postgres may call it otherwise than its address does. Where one service's address
 * is all that is known, as in that service's container, the others' users are called alike.
 */
async function findUser(service: Service, urls: ServiceUrls): Promise<User> {
  const name = decodeURIComponent(new URL(urls[service]).username)
  const isShared = new Set(Object.values(urls)).size === 1
  if (isShared && service !== 'dispatcher' && /_dispatcher$/.test(name)) {
    return { name: name.replace(/dispatcher$/, service) }
  }
  const sql = connectPostgres(urls[service], { name: 'doctor', max: 1 })
  try {
    return { name: await findCurrentUser(createDb(sql)) }
  } catch (error) {
    return { problem: `${service} does not get in as ${name}: ${whyOf(error)}.` }
  } finally {
    await sql.end({ timeout: 1 })
  }
}

async function problemsOf(db: Db, service: Service, user: string): Promise<string[]> {
  const rights = await findMissingRights(db, service, user)
  if (rights.user === 'missing') return [`There is no user ${user} for ${service}.`]
  const { missing, limited } = rights
  const shown = missing.slice(0, 3).join(', ')
  const more = missing.length > 3 ? ` and ${missing.length - 3} more` : ''
  return [
    ...(missing.length > 0 ? [`${user} may not ${shown}${more}, which ${service} must.`] : []),
    ...(limited ? [] : [`What ${user} asks may take for ever: it has no time limits.`]),
  ]
}
