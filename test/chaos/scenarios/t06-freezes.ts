import type { Scenario } from '../scenario.ts'

export const t06: Scenario = {
  id: 'T06',
  title: 'dispatchers are frozen (SIGSTOP) for longer than their claims last',
  seconds: 25,
  dispatchers: 3,
  faults: ({ hub, every, pick, random, wait }) =>
    every(1_500, async () => {
      const frozen = pick(hub.dispatchers)
      frozen.kill('SIGSTOP')
      void wait(9_000 + random() * 4_000).then(() => frozen.kill('SIGCONT'))
    }),
}
