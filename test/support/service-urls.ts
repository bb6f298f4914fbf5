import { connectPostgres, createDb, type Db } from '@partyline/db/client'
import type { ServiceUrls } from '@partyline/db/roles'
import { connectSending, createSendingDb } from '@partyline/db/sending-pool'
import { serviceUrls } from '@partyline/db/service-urls'

/** The addresses by which the services connect to a test's database. */
export const serviceUrlsOf = (ownerUrl: string): ServiceUrls =>
  serviceUrls(ownerUrl, (service) => ({
    name: `test_${service}`,
    // Odd on purpose: nothing in it may act on the statement that sets it.
    password: `it's "${service}" \\ $$ %L`,
  }))

export interface AsServices {
  dbs: Record<keyof ServiceUrls, Db>
  /** As the dispatcher. */
  sendingDb: Db
}

/** A database as each service's own user. */
export function openAsServices(databaseUrl: string, resources: AsyncDisposableStack): AsServices {
  const urls = serviceUrlsOf(databaseUrl)
  const open = (service: keyof ServiceUrls) => {
    const pool = connectPostgres(urls[service], { name: 'test', max: 4 })
    resources.defer(() => pool.end({ timeout: 5 }))
    return createDb(pool)
  }
  const sending = connectSending(urls.dispatcher)
  resources.defer(() => sending.end({ timeout: 5 }))
  return {
    dbs: {
      ingress: open('ingress'),
      dispatcher: open('dispatcher'),
      realtime: open('realtime'),
      api: open('api'),
    },
    sendingDb: createSendingDb(sending),
  }
}
