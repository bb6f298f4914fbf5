import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadConfig } from './config.ts'
import { explain } from './explain.ts'
import { say } from './print.ts'
import { untilStopped } from './signals.ts'
import { createStandalone } from './standalone.ts'
import { welcome } from './welcome.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

try {
  const envFile = path.join(root, '.env')
  if (existsSync(envFile)) process.loadEnvFile(envFile)
  const standalone = createStandalone({ config: loadConfig(process.env, root) })
  const stopped = untilStopped()
  try {
    say(welcome(await standalone.start()))
    await stopped
    say('Stopping …')
  } finally {
    await standalone.stop()
  }
} catch (error) {
  explain(error)
  process.exitCode = 1
}
// Whatever a library still holds open must not keep the terminal.
process.exit()
