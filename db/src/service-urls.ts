import { databaseUsers, type ServiceUrls } from './roles.ts'

/** The owner's address with each service's own user in it. */
export function serviceUrls(
  ownerUrl: string,
  userOf: (service: keyof ServiceUrls) => { name: string; password: string },
): ServiceUrls {
  const urls = databaseUsers.map((service) => {
    const url = new URL(ownerUrl)
    const { name, password } = userOf(service)
    url.username = encodeURIComponent(name)
    url.password = encodeURIComponent(password)
    return [service, url.href] as const
  })
  return Object.fromEntries(urls) as ServiceUrls
}
