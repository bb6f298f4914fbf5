import { readFileSync } from 'node:fs'
import { migrate } from './migrate.ts'
import { databaseUsers, type ServiceUrls } from './roles.ts'

/** Brings a database to this version, as its owner. With the address of each service, makes their users too. */
function read(name: string): string | undefined {
  const file = process.env[`${name}_FILE`]
  return process.env[name] || (file && readFileSync(file, 'utf8').trim()) || undefined
}

const owner = read('DATABASE_URL')
const urls = databaseUsers.map(
  (user) => [user, read(`${user.toUpperCase()}_DATABASE_URL`)] as const,
)
const missing = urls.filter(([, url]) => url === undefined)
if (owner === undefined) throw new Error('DATABASE_URL is the address of the database as its owner')
if (missing.length > 0 && missing.length < urls.length) {
  throw new Error(`no address for: ${missing.map(([user]) => user).join(', ')}`)
}
await migrate(owner, missing.length === 0 ? (Object.fromEntries(urls) as ServiceUrls) : undefined)
