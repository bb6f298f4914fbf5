import { figureNames } from './judge.ts'
import type { Outcome } from './run-scenario.ts'
import type { Scenario } from './scenario.ts'

const columns = ['scenario', 'seed', 's', 'texts', ...figureNames, 'recovery s', 'verdict', 'what']

/** Markdown, so that what was printed can be published. */
export const tableHead = [columns, columns.map(() => '---')]
  .map((cells) => `| ${cells.join(' | ')} |`)
  .join('\n')

export function tableRow(outcome: Outcome): string {
  const { scenario, seed, seconds, texts, recoverySeconds, passed, problems, title } = outcome
  const cells = [
    ...[scenario, seed, seconds, texts],
    ...figureNames.map((name) => outcome[name]),
    recoverySeconds ?? 'never',
    passed ? 'pass' : 'FAIL',
    [title, ...problems].join('; '),
  ]
  return `| ${cells.join(' | ')} |`
}

/** Said, never counted as passed: this machine cannot show it. */
export function notRunRow({ id, title }: Scenario, why: string): string {
  const cells = [id, ...columns.slice(1, -2).map(() => '–'), 'not run', `${title}; ${why}`]
  return `| ${cells.join(' | ')} |`
}
