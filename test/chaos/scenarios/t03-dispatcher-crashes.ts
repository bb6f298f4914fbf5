import type { Scenario } from '../scenario.ts'

/** The chance at each passing: the less often somebody comes by, the higher. */
const chances = {
  ...{ D1: 0.01, D2: 0.01, D3: 0.004, D4: 0.004, D5: 0.004 },
  ...{ D6: 0.05, D7: 0.25, D8: 0.005, W1: 0.08 },
}

export const t03: Scenario = {
  id: 'T03',
  title: 'three dispatchers die at named points (D1–D8, W1), Twilio loses answers',
  seconds: 25,
  dispatchers: 3,
  env: {
    CRASH_AT: Object.entries(chances)
      .map(([point, chance]) => `${point}:${chance}`)
      .join(','),
  },
  // Without a callback only the list can tell.
  misbehave: { failAfter: 0.04, failBefore: 0.03, dropCallbacks: 0.3 },
}
