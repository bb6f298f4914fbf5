import type { Scenario } from '../scenario.ts'

export const t03: Scenario = {
  id: 'T03',
  title: 'three dispatchers die at each named point in turn (D1–D8, W1), Twilio loses answers',
  seconds: 25,
  dispatchers: 3,
  // Where few come by, the first one dies.
  diesAt: { D1: 10, D2: 10, D3: 20, D4: 20, D5: 20, D6: 2, D7: 1, D8: 20, W1: 1 },
  // Without a callback only the list can tell.
  misbehave: { failAfter: 0.06, failBefore: 0.03, dropCallbacks: 0.5 },
}
