import { parseArgs } from 'node:util'
import { createSetupLink } from '@partyline/api/first-admin'
import type { Db } from '@partyline/db/client'
import { findUserByEmail } from '@partyline/db/queries/users'
import type { Call } from '../command.ts'
import { playDemo } from '../demo/play-demo.ts'
import { createSimulatorClient } from '../demo/simulator-client.ts'
import { whyOf } from '../doctor/why-of.ts'
import { type LineSeed, toLines } from '../line-seeds.ts'
import { onDatabase } from '../on-database.ts'
import { complain, say } from '../print.ts'
import { seedLines } from '../seed-lines.ts'
import { type Config, loadConfig } from './config.ts'
import { untilReady } from './until-ready.ts'
import { type Welcome, welcomeText } from './welcome-text.ts'

const patienceMs = 120_000
const options = {
  /** A service to wait for, as `http://api:3004`; as often as there are some. */
  after: { type: 'string', multiple: true, default: [] as string[] },
  compose: { type: 'boolean' },
} as const

/** Once everything runs: makes the first lines, says where to go, and plays the demo, once. */
export async function welcome({ args, env }: Call): Promise<number> {
  const { after, compose } = parseArgs({ args, options }).values
  const config = loadConfig(env)
  await untilReady(after, patienceMs)
  const command = 'partyline setup-link'
  const again = compose ? `docker compose exec api ${command}` : command
  await onDatabase(config.databaseUrl, async (db) => {
    const lines = toLines(config.seeds)
    await seedLines(db, lines)
    const found = await findTheWayIn(db, config)
    // Before the demo, which takes its time: whoever is there already sees it happen.
    say(welcomeText(found, found.setupLink ? `For a new link: ${again}\n` : ''))
    await setTheScene(db, config, lines)
  })
  return 0
}

async function findTheWayIn(db: Db, config: Config): Promise<Welcome> {
  const { publicUrl, adminEmail, simulated } = config
  const setupLink = (await createSetupLink(db, publicUrl)) ?? null
  const admin = adminEmail === undefined ? undefined : await findUserByEmail(db, adminEmail)
  return {
    publicUrl,
    setupLink,
    signIn: admin ? { email: admin.email, password: '(ADMIN_PASSWORD)' } : null,
    simulated: simulated !== undefined,
  }
}

/** All of it is for show: where it fails, Partyline runs all the same. */
async function setTheScene(db: Db, { simulated, demo }: Config, lines: LineSeed[]): Promise<void> {
  if (!simulated) return
  const simulator = createSimulatorClient(simulated.simulatorUrl)
  try {
    for (const line of lines) await simulator.addLine(line)
    if (demo) await playDemo({ db, simulator, apiUrl: simulated.apiUrl })
  } catch (error) {
    complain(
      `The demo could not be played to its end, which changes nothing else: ${whyOf(error)}.`,
    )
  }
}
