import type { Scenario } from '../scenario.ts'

export const t23: Scenario = {
  id: 'T23',
  title: 'everybody says "ok" all the time, and Twilio loses answers',
  sameBody: 'ok',
  misbehave: { failAfter: 0.1, resetAfter: 0.1, failBefore: 0.05, dropCallbacks: 0.5 },
}
