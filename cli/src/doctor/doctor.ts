import { parseArgs } from 'node:util'
import type { Call } from '../command.ts'
import { complain, say } from '../print.ts'
import type { Options } from './examine.ts'
import { findEnvironment } from './find-environment.ts'
import { type Finding, wrong } from './finding.ts'
import { toLines } from './to-lines.ts'

const options = {
  fix: { type: 'boolean', default: false },
  force: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const

const usage = (command: string) => `Usage: ${command} [--fix [line …]] [--force] [--json]

  --fix        sets the webhooks of the lines at Twilio, but not of a line whose texts another program has
  --fix line…  sets those of these lines only, whoever has their texts: +15555550100, MG…
  --force      with --fix: of all lines, whoever has their texts, and though PUBLIC_URL seems not to lead here
  --json       for programs

Ends with 0 when all is right, with 1 when something is wrong, with 2 when it was called wrongly.`

/** Looks at an installation, says what is wrong and what to do, and sets webhooks right when asked to. */
export async function doctor({ args, env }: Call): Promise<number> {
  const command = env['npm_lifecycle_event'] === 'doctor' ? 'npm run doctor --' : 'partyline doctor'
  const call = readCall(args)
  if (!call) {
    complain(usage(command))
    return 2
  }
  const { named, fix, force, json } = call
  const given = findEnvironment(env)
  const fixing = fix ? { named, force } : undefined
  const findings = given ? await lookAt(given, { command, fixing }) : [nothingHere]
  const healthy = findings.every(({ state }) => state !== 'wrong')
  if (json) say(JSON.stringify({ healthy, findings }, null, 2))
  else say(toLines(findings, { colours: wantsColours(env) }).join('\n'))
  return healthy ? 0 : 1
}

/** What it takes to look is loaded only when there is something to look at. */
async function lookAt(env: NodeJS.ProcessEnv, options: Options): Promise<Finding[]> {
  const { examine } = await import('./examine.ts')
  const { readSettings } = await import('./settings.ts')
  return examine(readSettings(env), options)
}

const nothingHere: Finding = wrong(
  'Partyline',
  'It does not run here.',
  'Start it with npm start and ask again; with docker compose ask docker compose run --rm doctor.',
)

function readCall(args: string[]) {
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
    const asksForNothing = !values.fix && (values.force || positionals.length > 0)
    return asksForNothing ? undefined : { ...values, named: positionals }
  } catch {
    return undefined
  }
}

const wantsColours = (env: NodeJS.ProcessEnv) => process.stdout.isTTY && !env['NO_COLOR']
