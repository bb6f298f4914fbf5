import type { Scenario } from '../scenario.ts'

export const t02: Scenario = {
  id: 'T02',
  title: 'ingress dies before, between and after keeping a webhook (I1, I2)',
  ingresses: 2,
  env: { CRASH_AT: 'I1:0.02,I2:0.02' },
}
