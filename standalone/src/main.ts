import { existsSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { fileURLToPath } from 'node:url'
import { welcomeText } from '@partyline/cli/welcome/welcome-text'
import { loadConfig } from './config.ts'
import { explain } from '@partyline/cli/explain'
import { say } from '@partyline/cli/print'
import { untilStopped } from './signals.ts'
import { createStandalone } from './standalone.ts'

/** `npm run dev` puts a server of its own before this one and says where. */
const { dashboard } = parseArgs({ options: { dashboard: { type: 'string' } } }).values
const root = fileURLToPath(new URL('../..', import.meta.url))

try {
  const envFile = path.join(root, '.env')
  if (existsSync(envFile)) process.loadEnvFile(envFile)
  const standalone = createStandalone({
    config: loadConfig(process.env, root),
    ...(dashboard && { webFolder: path.join(root, 'web/static'), lock: false }),
  })
  const stopped = untilStopped()
  try {
    const started = await standalone.start()
    const shown = { ...started, publicUrl: dashboard ?? started.publicUrl }
    say(welcomeText(shown, 'Press Ctrl-C to stop.'))
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
