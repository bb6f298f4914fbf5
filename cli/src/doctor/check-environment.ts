import { type Finding, right, wrong } from './finding.ts'
import type { Settings } from './settings.ts'

const about = 'Environment'

/** Each bad variable is a line of its own. */
export function checkEnvironment({ problems }: Pick<Settings, 'problems'>): Finding[] {
  if (problems.length === 0) return [right(about, 'Every service understands its settings.')]
  return problems.map((problem) =>
    wrong(about, `${problem}.`, 'Put it right (.env.example explains it) and restart.'),
  )
}
