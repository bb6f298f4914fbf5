import { figureNames } from './judge.ts'
import type { Row } from './results.ts'
import type { Scenario } from './scenario.ts'

const columns = [
  ...['scenario', 'seeds', 'texts'],
  ...figureNames,
  ...['recovery s', 'verdict', 'processes ended', 'what is done'],
]

/** Markdown as Prettier leaves it: a row for each scenario, over all of its seeds. */
export function tableOf(rows: Row[], scenarios: Scenario[]): string {
  const cells = scenarios.flatMap((scenario) => {
    const runs = rows.filter((row) => row.scenario === scenario.id)
    const byLength = Map.groupBy(runs, ({ seconds }) => seconds)
    const why = runs.length === 0 ? scenario.cannotRun?.() : undefined
    if (why !== undefined) return [notRunCells(scenario, why)]
    return [...byLength.values()].map((alike) => cellsOf(scenario, alike))
  })
  return markdown([columns, ...cells.map((row) => row.map(String))])
}

function cellsOf(scenario: Scenario, runs: Row[]): (string | number)[] {
  const sum = (of: (row: Row) => number) => runs.reduce((total, row) => total + of(row), 0)
  const seconds = runs[0]?.seconds ?? 0
  const isUsual = seconds === (scenario.seconds ?? 20)
  const recoveries = runs.map(({ recoverySeconds }) => recoverySeconds ?? Infinity)
  return [
    scenario.id + (isUsual ? '' : `, ${seconds} s`),
    runs
      .map(({ seed }) => seed)
      .sort((a, b) => a - b)
      .join(', '),
    sum(({ texts }) => texts),
    ...figureNames.map((name) => sum((row) => row[name])),
    recoveries.includes(Infinity) ? 'never' : Math.max(...recoveries),
    verdictOf(scenario, runs),
    endsOf(runs),
    scenario.title,
  ]
}

function verdictOf({ mustFail }: Scenario, runs: Row[]): string {
  const failed = runs.filter(({ passed }) => !passed)
  if (failed.length === 0) return mustFail ? 'pass: it must fail' : 'pass'
  const problems = failed.flatMap((row) => row.problems)
  return [`FAIL ${failed.length} of ${runs.length}`, ...problems].join('; ')
}

/** By signal, by crash point, or by themselves. */
function endsOf(runs: Row[]): string {
  const sums = new Map<string, number>()
  for (const [why, count] of runs.flatMap(({ ends }) => Object.entries(ends))) {
    sums.set(why, (sums.get(why) ?? 0) + count)
  }
  const told = [...sums].sort(([a], [b]) => a.localeCompare(b, 'en'))
  return told.map(([why, count]) => `${why} ${count}`).join(', ') || '–'
}

/** Said, never counted as passed: this machine cannot show it. */
function notRunCells({ id, title }: Scenario, why: string): string[] {
  return [id, ...columns.slice(1, -3).map(() => '–'), `not run: ${why}`, '–', title]
}

function markdown(rows: string[][]): string {
  const widths = columns.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)))
  const line = (cells: string[]) =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`
  const rule = line(widths.map((width) => '-'.repeat(width)))
  return [line(rows[0] ?? []), rule, ...rows.slice(1).map(line)].join('\n')
}

/** What the table is of. */
export function noteOf(rows: Row[]): string {
  const failed = rows.filter(({ passed }) => !passed)
  const commits = [...Map.groupBy(rows, ({ commit }) => commit)]
  const told = commits.map(([commit, of]) => `${of.length} on commit ${commit}`)
  return `${rows.length} runs, ${failed.length} failed: ${told.join(', ')}.`
}
