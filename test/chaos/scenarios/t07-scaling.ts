import type { Scenario } from '../scenario.ts'

export const t07: Scenario = {
  id: 'T07',
  title: 'dispatchers from one to five and down to two while everybody texts',
  seconds: 30,
  dispatchers: 1,
  textsPerSecond: 15,
  async faults({ hub, wait }) {
    await wait(5_000)
    await Promise.all(Array.from({ length: 4 }, () => hub.addDispatcher()))
    await wait(6_000)
    for (const dispatcher of hub.dispatchers.slice(0, 3)) {
      await dispatcher.stop('SIGTERM')
      await wait(1_000)
    }
  },
  async also({ dispatchers }) {
    const left = dispatchers.filter((dispatcher) => dispatcher.isRunning()).length
    return left === 2 ? [] : [`${left} dispatchers run at the end`]
  },
}
