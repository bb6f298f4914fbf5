import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { readOptions } from './options.ts'
import { noteOf, tableOf } from './report.ts'
import { appendRow, readCommit, readRows, type Row } from './results.ts'
import { type Run, runAll } from './run-all.ts'
import { scenarios } from './scenarios/all.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const options = readOptions(process.argv.slice(2))
const results = path.resolve(root, options.results)
const say = (text: string) => process.stdout.write(`${text}\n`)

const unknown = options.scenarios.filter((id) => !scenarios.some((each) => each.id === id))
if (unknown.length > 0) throw new Error(`no such scenario: ${unknown.join(', ')}; see --list`)
const chosen = scenarios.filter(
  ({ id }) => options.scenarios.length === 0 || options.scenarios.includes(id),
)

if (options.list) for (const { id, title } of chosen) say(`${id.padEnd(12)} ${title}`)
else if (options.report) report(readRows(results))
else await run()

async function run(): Promise<void> {
  const commit = readCommit()
  const known = options.resume ? readRows(results).filter((row) => row.commit === commit) : []
  const rows = [...known]
  const isKnown = ({ scenario, seed }: Run) =>
    known.some((row) => row.scenario === scenario.id && row.seed === seed)
  const seconds = options.minutes === undefined ? undefined : options.minutes * 60
  const runs = chosen
    .filter((scenario) => scenario.cannotRun?.() === undefined)
    .flatMap((scenario) => options.seeds.map((seed) => ({ scenario, seed, seconds })))
    .filter((each) => !isKnown(each))
  const stopping = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stopping.abort())

  let broken = 0
  say(`commit ${commit}, ${runs.length} runs, ${options.jobs} at a time`)
  await runAll(
    runs,
    options.jobs,
    ({ scenario, seed }, outcome) => {
      if (!outcome) {
        broken += 1
        say(`${scenario.id} with seed ${seed} has no outcome`)
        return
      }
      const row: Row = { ...outcome, commit, at: new Date().toISOString() }
      rows.push(row)
      appendRow(results, row)
      say(JSON.stringify(row))
    },
    stopping.signal,
  )
  say('')
  report(rows)
  if (broken > 0) process.exitCode = 1
}

function report(rows: Row[]): void {
  const wanted = rows.filter(({ scenario }) => chosen.some(({ id }) => id === scenario))
  say([tableOf(wanted, chosen), '', noteOf(wanted)].join('\n'))
  if (wanted.some(({ passed }) => !passed)) process.exitCode = 1
}
