import { readFileSync } from 'node:fs'
import type { ConnectionOptions } from 'node:tls'

export interface Address {
  /** For postgres.js, without what is read here. */
  url: string
  /** Undefined: not encrypted. */
  tls: Tls | undefined
}

export interface Tls {
  /** False: without it when the server has none. */
  required: boolean
  options: ConnectionOptions
}

/** Meant for other clients in addresses that people are given; Postgres refuses them as settings. */
const foreign = ['channel_binding', 'gssencmode', 'pgbouncer', 'connection_limit', 'pool_timeout']

/** The address of a Postgres with its sslmode, which means what it means to libpq. */
export function readAddress(given: string): Address {
  const url = new URL(given)
  const { searchParams } = url
  const mode =
    searchParams.get('sslmode') ?? (searchParams.get('ssl') === 'true' ? 'verify-full' : '')
  const tls = readTls(mode, searchParams.get('sslrootcert'))
  for (const name of ['sslmode', 'ssl', 'sslrootcert', ...foreign]) searchParams.delete(name)
  return { url: url.href, tls }
}

function readTls(mode: string, rootFile: string | null): Tls | undefined {
  const ca = rootFile && rootFile !== 'system' ? { ca: readFileSync(rootFile, 'utf8') } : {}
  const verified = { rejectUnauthorized: true, ...ca }
  const anyName = { ...verified, checkServerIdentity: () => undefined }
  switch (mode) {
    case '':
    case 'disable':
      return undefined
    case 'allow':
    case 'prefer':
      return { required: false, options: { rejectUnauthorized: false } }
    case 'require':
      return { required: true, options: rootFile ? anyName : { rejectUnauthorized: false } }
    case 'verify-ca':
      return { required: true, options: anyName }
    case 'verify-full':
      return { required: true, options: verified }
    default:
      throw new Error(`sslmode in the address of Postgres must not be ${mode}`)
  }
}
