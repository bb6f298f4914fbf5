import { connectPostgres, createDb, type Db } from '@partyline/db/client'
import type { ServiceUrls } from '@partyline/db/roles'

/** The addresses by which the services connect to a test's database. */
export function serviceUrlsOf(ownerUrl: string): ServiceUrls {
  const urlOf = (service: string) => {
    const url = new URL(ownerUrl)
    url.username = `test_${service}`
    // Odd on purpose: nothing in it may act on the statement that sets it.
    url.password = encodeURIComponent(`it's "${service}" \\ $$ %L`)
    return url.href
  }
  return {
    ingress: urlOf('ingress'),
    dispatcher: urlOf('dispatcher'),
    realtime: urlOf('realtime'),
    api: urlOf('api'),
  }
}

/** A database as each service's own user. */
export function openAsServices(
  databaseUrl: string,
  resources: AsyncDisposableStack,
): Record<keyof ServiceUrls, Db> {
  const urls = serviceUrlsOf(databaseUrl)
  const open = (service: keyof ServiceUrls) => {
    const pool = connectPostgres(urls[service], { name: 'test', max: 4 })
    resources.defer(() => pool.end({ timeout: 5 }))
    return createDb(pool)
  }
  return {
    ingress: open('ingress'),
    dispatcher: open('dispatcher'),
    realtime: open('realtime'),
    api: open('api'),
  }
}
