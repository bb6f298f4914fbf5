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
