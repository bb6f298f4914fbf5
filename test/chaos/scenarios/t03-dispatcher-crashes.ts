import type { Scenario } from '../scenario.ts'

const points = ['D1', 'D2', 'D3', 'D4', 'D5', 'D6', 'D7', 'D8', 'W1']

export const t03: Scenario = {
  id: 'T03',
  title: 'three dispatchers die at named points (D1–D8, W1), Twilio loses answers',
  seconds: 30,
  dispatchers: 3,
  env: { CRASH_AT: points.map((point) => `${point}:0.012`).join(',') },
  misbehave: { failAfter: 0.03, failBefore: 0.03 },
}
