import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parseEnv } from 'node:util'
import { clusterFolder, ofKind } from './manifests.ts'

const envOf = (file: string) => parseEnv(readFileSync(path.join(clusterFolder, file), 'utf8'))

/** The ConfigMap, as the example makes it. */
export const settings = {
  ...envOf('services/settings.env'),
  ...envOf('example/settings.env'),
}

/** What a Secret of the examples holds. */
export function secretOf(name: string): Record<string, string> {
  const found = ofKind<{ stringData: Record<string, string> }>('Secret').find(
    ({ metadata }) => metadata.name === name,
  )
  if (!found) throw new Error(`no Secret ${name}`)
  return found.stringData
}

/** What a service's pod is given, once somebody has filled in the example. */
export function filledIn(name: string): NodeJS.ProcessEnv {
  const secrets = Object.entries(secretOf(name)).map(([key, value]) => [
    key,
    value.replace(/<[^>]*>/, 'f2b1c0ffee'),
  ])
  return { ...settings, ...(Object.fromEntries(secrets) as Record<string, string>) }
}
