import type { Scenario } from '../scenario.ts'

export const t01: Scenario = {
  id: 'T01',
  title: 'baseline, no faults',
  measures: true,
}
