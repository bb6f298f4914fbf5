import type { Scenario } from '../scenario.ts'

const lateCreate = 0.15
const dropCallbacks = 1

export const t18: Scenario = {
  id: 'T18',
  title: 'Twilio creates after we stopped waiting, and never calls back',
  misbehave: { lateCreate, lateCreateMs: 3_000, dropCallbacks },
}

/** The same with a settle window shorter than Twilio is late: texts must be doubled, and seen to be. */
export const canary: Scenario = {
  id: 'T18-canary',
  title: 'the settle window is too short: must fail',
  mustFail: true,
  env: { SETTLE_MS: '600' },
  misbehave: { lateCreate, lateCreateMs: 6_000, dropCallbacks },
}
