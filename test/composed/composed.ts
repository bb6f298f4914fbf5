import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { connectPostgres, createDb, type Db } from '@partyline/db/client'
import { DockerComposeEnvironment, Wait } from 'testcontainers'
import { freePort } from '@partyline/standalone/free-port'
import { docker } from './engine.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** Building both images from nothing takes minutes. */
const patienceMs = 600_000

/** The product as `docker compose up` runs it, under a name and on a port of its own. */
export interface Composed extends AsyncDisposable {
  /** The public port. */
  url: string
  project: string
  /** As the owner of the tables. */
  db: Db
  /** What `welcome` printed. */
  welcome: string
  /** Its containers, by service. */
  containers(service: string): Promise<string[]>
  /** A copy of the simulator's file, for the judge: as it is now. */
  copySimulator(): Promise<string>
}

interface Options {
  name: string
  /** What stands in `.env`. */
  env?: Record<string, string>
  scale?: Record<string, number>
}

export async function compose({ name, env = {}, scale = {} }: Options): Promise<Composed> {
  await using starting = new AsyncDisposableStack()
  const folder = await mkdtemp(path.join(os.tmpdir(), `partyline-${name}-`))
  starting.defer(() => rm(folder, { recursive: true, force: true }))
  const port = await freePort()
  const envFile = path.join(folder, 'env')
  const lines = Object.entries({ PORT: String(port), ...env }).map(
    ([key, value]) => `${key}=${value}`,
  )
  await writeFile(envFile, `${lines.join('\n')}\n`)

  const project = `partyline-${name}-${port}`
  const scales = Object.entries(scale).flatMap(([service, count]) => [
    '--scale',
    `${service}=${count}`,
  ])
  const environment = await new DockerComposeEnvironment(root, 'docker-compose.yml')
    .withProjectName(project)
    // It is taken down below; the reaper's image would be one more to fetch.
    .withAutoCleanup(false)
    .withEnvironmentFile(envFile)
    .withEnvironment({ PARTYLINE_ENV_FILE: envFile })
    .withClientOptions({ commandOptions: ['--build', ...scales] })
    // When all of it works, welcome has ended.
    .withDefaultWaitStrategy(Wait.forListeningPorts())
    .withStartupTimeout(patienceMs)
    .up()
  starting.defer(() => environment.down({ removeVolumes: true }).then(() => undefined))

  const containers = async (service: string) =>
    (
      await docker(
        ...['ps', '--all', '--quiet', '--filter', `label=com.docker.compose.project=${project}`],
        ...['--filter', `label=com.docker.compose.service=${service}`],
      )
    )
      .split('\n')
      .filter(Boolean)
  const one = async (service: string) => {
    const [container] = await containers(service)
    if (!container) throw new Error(`no container of ${service}`)
    return container
  }
  const sql = starting.adopt(
    connectPostgres(await addressOf(await one('postgres')), { name: 'composed', max: 3 }),
    (pool) => pool.end({ timeout: 2 }),
  )
  const welcomed = await one('welcome')
  await docker('wait', welcomed)
  const resources = starting.move()
  return {
    url: `http://localhost:${port}`,
    project,
    db: createDb(sql),
    welcome: await docker('logs', welcomed),
    containers,
    async copySimulator() {
      const copy = path.join(await mkdtemp(path.join(folder, 'simulator-')), 'data')
      await docker('cp', `${await one('simulator')}:/data`, copy)
      return path.join(copy, 'simulator.sqlite')
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

/** Postgres as this machine reaches it: in the engine's network, since nothing but the public port is published. */
async function addressOf(container: string): Promise<string> {
  const networks = '{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}'
  const [host] = (await docker('inspect', '--format', networks, container)).split(' ')
  const password = await docker('exec', container, 'cat', '/run/settings/password')
  return `postgres://partyline:${encodeURIComponent(password)}@${host ?? ''}:5432/partyline`
}
