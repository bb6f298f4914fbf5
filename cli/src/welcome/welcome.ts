import { parseArgs } from 'node:util'
import { createSetupLink } from '@partyline/api/first-admin'
import { connectPostgres, createDb, type Db } from '@partyline/db/client'
import { findUserByEmail } from '@partyline/db/queries/users'
import type { Call } from '../command.ts'
import { playDemo } from '../demo/play-demo.ts'
import { createSimulatorClient } from '../demo/simulator-client.ts'
import { whyOf } from '../doctor/why-of.ts'
import { toLines } from '../line-seeds.ts'
import { complain, say } from '../print.ts'
import { seedLines } from '../seed-lines.ts'
import { waitForPostgres } from '../wait-for-stores.ts'
import { type Config, loadConfig } from './config.ts'
import { welcomeText } from './welcome-text.ts'

const patienceMs = 10_000

/** Once everything runs: makes the first lines, plays the demo, once, and says where to go. */
export async function welcome({ args, env }: Call): Promise<number> {
  const { compose } = parseArgs({ args, options: { compose: { type: 'boolean' } } }).values
  const config = loadConfig(env)
  await waitForPostgres(config.databaseUrl, patienceMs)
  await using resources = new AsyncDisposableStack()
  const sql = connectPostgres(config.databaseUrl, { name: 'welcome', max: 2 })
  resources.defer(() => sql.end({ timeout: 5 }))
  const db = createDb(sql)

  await setTheScene(db, config)
  const setupLink = (await createSetupLink(db, config.publicUrl)) ?? null
  const admin = config.adminEmail && (await findUserByEmail(db, config.adminEmail))
  const shown = {
    publicUrl: config.publicUrl,
    setupLink,
    signIn: admin ? { email: admin.email, password: '(ADMIN_PASSWORD)' } : null,
    simulated: config.simulated !== undefined,
  }
  const again = compose
    ? 'docker compose run --rm welcome partyline setup-link'
    : 'partyline setup-link'
  say(welcomeText(shown, setupLink ? `For a new link: ${again}\n` : ''))
  return 0
}

/** Everything but the lines in the database is for show: where it fails, Partyline runs all the same. */
async function setTheScene(db: Db, { seeds, simulated }: Config): Promise<void> {
  const lines = toLines(seeds)
  await seedLines(db, lines)
  if (!simulated) return
  const simulator = createSimulatorClient(simulated.simulatorUrl)
  try {
    for (const line of lines) await simulator.addLine(line)
    await playDemo({ db, simulator, apiUrl: simulated.apiUrl })
  } catch (error) {
    complain(
      `The demo could not be played to its end, which changes nothing else: ${whyOf(error)}.`,
    )
  }
}
