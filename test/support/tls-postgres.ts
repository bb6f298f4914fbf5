import { execFileSync } from 'node:child_process'
import { appendFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { startPostgres } from '@partyline/standalone/postgres'
import postgres from 'postgres'
import { copyCertificate } from './certificate.ts'

/** A Postgres of a test's own that speaks TLS, as `localhost`. */
export async function startTlsPostgres(folder: string, resources: AsyncDisposableStack) {
  const data = path.join(folder, 'postgres')
  const server = await startPostgres({ folder: data, password: 'test', durable: false })
  resources.defer(() => server.stop())
  const certificate = copyCertificate(path.join(data, 'certificate'))
  const { uid, gid } = statSync(data)
  execFileSync('chown', ['-R', `${uid}:${gid}`, path.join(data, 'certificate')])
  const { cert, key } = certificate
  const settings = `ssl = on\nssl_cert_file = '${cert}'\nssl_key_file = '${key}'\n`
  appendFileSync(path.join(data, 'postgresql.conf'), settings)
  const sql = postgres(server.url, { max: 1 })
  await sql`select pg_reload_conf()`.finally(() => sql.end())
  return { url: server.url.replace('127.0.0.1', 'localhost'), certificate }
}
