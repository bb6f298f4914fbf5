import type { Scenario } from '../scenario.ts'

export const t04: Scenario = {
  id: 'T04',
  title: 'kill -9 of an ingress or a dispatcher every second',
  seconds: 30,
  ingresses: 2,
  dispatchers: 3,
  faults: ({ hub, every, pick }) =>
    every(1_000, () => pick([...hub.ingresses, ...hub.dispatchers]).kill('SIGKILL')),
}
