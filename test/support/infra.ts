import { migrate } from '@partyline/db/migrate'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { type Infra, startInfra } from './infra-servers.ts'
import { serviceUrlsOf } from './service-urls.ts'

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string
    redisUrl: string
  }
}

export const template = 'template_partyline'

/** One Postgres and one Redis for the whole run. The schema is migrated once, into a template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const alone = ['unit', 'web']
  if (project.vitest.projects.every(({ name }) => alone.includes(name))) return async () => {}

  const infra = await startInfra()
  try {
    await migrateTemplate(infra)
  } catch (error) {
    await infra.stop()
    throw error
  }
  project.provide('postgresUrl', infra.postgresUrl)
  project.provide('redisUrl', infra.redisUrl)
  return () => infra.stop()
}

async function migrateTemplate({ postgresUrl }: Infra): Promise<void> {
  const admin = postgres(postgresUrl, { max: 1 })
  await admin`create database ${admin(template)}`.finally(() => admin.end())
  const url = new URL(postgresUrl)
  url.pathname = `/${template}`
  await migrate(url.href, serviceUrlsOf(url.href))
}
