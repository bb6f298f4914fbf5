import { expect, test } from 'vitest'
import { runScenario } from '../chaos/run-scenario.ts'
import type { Scenario } from '../chaos/scenario.ts'

/** A minute's worth of `npm run chaos` in seconds: doubts are settled sooner, everything else is the same. */
const smoke: Scenario = {
  id: 'smoke',
  title: 'kill -9 of a dispatcher now and again',
  seconds: 5,
  env: { TWILIO_TIMEOUT_MS: '500', CLAIM_LEASE_MS: '2500', SETTLE_MS: '2000' },
  misbehave: { failAfter: 0.05 },
  faults: ({ hub, every, pick }) => every(1_200, () => pick(hub.dispatchers).kill('SIGKILL')),
}

test('T04: dispatchers that are killed under load lose nothing, double nothing and keep the order', async () => {
  const outcome = await runScenario(smoke, { seed: 1 })

  expect(outcome).toMatchObject({
    ...{ LOST_IN: 0, DUP_IN: 0, LOST_OUT: 0, DUP_OUT: 0, INVERSIONS: 0, STUCK: 0 },
    passed: true,
  })
  expect(outcome.texts).toBeGreaterThan(20)
  expect(outcome.ends).not.toEqual({})
}, 150_000)
