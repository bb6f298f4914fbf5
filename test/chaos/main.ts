import { readOptions } from './options.ts'
import { notRunRow, tableHead, tableRow } from './report.ts'
import { runScenario } from './run-scenario.ts'
import { scenarios } from './scenarios/all.ts'

const { scenarios: wanted, seeds, minutes, list } = readOptions(process.argv.slice(2))
const say = (text: string) => process.stdout.write(`${text}\n`)

const unknown = wanted.filter((id) => !scenarios.some((scenario) => scenario.id === id))
if (unknown.length > 0) throw new Error(`no such scenario: ${unknown.join(', ')}; see --list`)
const chosen = scenarios.filter(({ id }) => wanted.length === 0 || wanted.includes(id))

if (list) for (const { id, title } of chosen) say(`${id.padEnd(12)} ${title}`)
else process.exitCode = (await runAll()) ? 0 : 1

async function runAll(): Promise<boolean> {
  const rows: string[] = []
  let passed = true
  for (const scenario of chosen) {
    const notRun = scenario.cannotRun?.()
    if (notRun !== undefined) {
      say(JSON.stringify({ scenario: scenario.id, title: scenario.title, notRun }))
      rows.push(notRunRow(scenario, notRun))
      continue
    }
    for (const seed of seeds) {
      const seconds = minutes === undefined ? {} : { seconds: minutes * 60 }
      const outcome = await runScenario(scenario, { seed, ...seconds })
      passed &&= outcome.passed
      rows.push(tableRow(outcome))
      say(JSON.stringify(outcome))
    }
  }
  say(['', tableHead, ...rows].join('\n'))
  return passed
}
