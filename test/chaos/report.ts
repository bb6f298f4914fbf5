import { figureNames } from './judge.ts'
import type { Row } from './results.ts'
import type { Scenario } from './scenario.ts'

const columns = [
  ...['scenario', 'seed', 's', 'texts'],
  ...figureNames,
  ...['recovery s', 'wall s', 'verdict', 'processes ended', 'what'],
]

/** Markdown, so that what was printed can be published. */
export function tableOf(rows: Row[], notRun: string[]): string {
  const head = [columns, columns.map(() => '---')].map((cells) => `| ${cells.join(' | ')} |`)
  const sorted = rows.toSorted(
    (a, b) => a.scenario.localeCompare(b.scenario, 'en') || a.seed - b.seed,
  )
  return [...head, ...sorted.map(rowOf), ...notRun].join('\n')
}

function rowOf(row: Row): string {
  const { scenario, seed, seconds, texts, recoverySeconds, passed, problems, title } = row
  const cells = [
    ...[scenario, seed, seconds, texts],
    ...figureNames.map((name) => row[name]),
    recoverySeconds ?? 'never',
    row.wallSeconds,
    passed ? 'pass' : 'FAIL',
    Object.entries(row.ends)
      .map(([why, count]) => `${why} ${count}`)
      .join(', ') || '–',
    [title, ...problems].join('; '),
  ]
  return `| ${cells.join(' | ')} |`
}

/** Said, never counted as passed: this machine cannot show it. */
export function notRunRow({ id, title }: Scenario, why: string): string {
  const cells = [id, ...columns.slice(1, -3).map(() => '–'), 'not run', '–', `${title}; ${why}`]
  return `| ${cells.join(' | ')} |`
}

/** What the table is of, and the crash points that showed nothing because nobody came by. */
export function notesOf(rows: Row[]): string[] {
  const failed = rows.filter(({ passed }) => !passed)
  const commits = Map.groupBy(rows, ({ commit }) => commit)
  return [
    `${rows.length} runs, ${failed.length} failed`,
    ...[...commits].map(([commit, of]) => `commit ${commit}: ${of.length} runs`),
    ...[...Map.groupBy(rows, ({ scenario }) => scenario)].flatMap(([scenario, runs]) => {
      const fired = new Set(runs.flatMap(({ ends }) => Object.keys(ends)))
      const never = [...new Set(runs.flatMap(({ armed }) => armed))].filter(
        (point) => !fired.has(point),
      )
      return never.length > 0 ? [`${scenario}: nothing ever died at ${never.join(', ')}`] : []
    }),
  ]
}
