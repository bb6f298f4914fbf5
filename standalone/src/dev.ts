import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadConfig } from './config.ts'
import { openDataFolder } from './data-folder.ts'
import { explain } from '@partyline/cli/explain'
import { freePort } from './free-port.ts'
import { startInfra } from './infra.ts'
import { assertPortFree } from './port.ts'
import { say } from '@partyline/cli/print'
import { untilStopped } from './signals.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const watched = ['contracts', 'kit', 'db', 'services', 'simulator', 'standalone']

interface Program {
  args: string[]
  cwd: string
  env: NodeJS.ProcessEnv
}

/** Runs one of our own programs until `resources` are disposed of. */
function launch({ args, cwd, env }: Program, resources: AsyncDisposableStack): void {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, ...env },
    // A group of its own: it is stopped by us, in order, and not by the terminal.
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  resources.defer(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGTERM')
    await once(child, 'exit')
  })
}

/** Postgres and Redis stay, the services restart when a source changes, Vite serves the dashboard. */
async function startDev(resources: AsyncDisposableStack): Promise<void> {
  const config = loadConfig(process.env, root)
  await assertPortFree(config.port)
  const data = resources.use(openDataFolder(config.dataFolder))
  const { databaseUrl, redisUrl } = await startInfra(config, data, resources)
  const port = await freePort()
  const backend = `http://localhost:${port}`
  const watch = watched.map((folder) => `--watch-path=${path.join(root, folder)}`)
  const services = {
    args: [...watch, '--watch-preserve-output', 'standalone/src/main.ts'].concat(
      `--dashboard=${config.publicUrl}`,
    ),
    cwd: root,
    env: {
      PORT: String(port),
      PUBLIC_URL: backend,
      DATABASE_URL: databaseUrl,
      REDIS_URL: redisUrl,
      PARTYLINE_DATA: config.dataFolder,
    },
  }
  const vite = {
    args: [path.join(root, 'node_modules/vite/bin/vite.js'), 'dev', '--strictPort'].concat([
      '--port',
      String(config.port),
      '--logLevel',
      'warn',
    ]),
    cwd: path.join(root, 'web'),
    env: { PARTYLINE_BACKEND: backend },
  }
  for (const program of [services, vite]) launch(program, resources)
}

await using resources = new AsyncDisposableStack()
try {
  const envFile = path.join(root, '.env')
  if (existsSync(envFile)) process.loadEnvFile(envFile)
  const stopped = untilStopped()
  await startDev(resources)
  await stopped
  say('Stopping …')
} catch (error) {
  explain(error)
  process.exitCode = 1
}
