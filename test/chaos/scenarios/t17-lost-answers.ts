import type { Scenario } from '../scenario.ts'

const kinds = ['failBefore', 'failAfter', 'resetBefore', 'resetAfter'] as const

export const t17: Scenario = {
  id: 'T17',
  title: 'Twilio answers 500 or nothing, before or after creating: 30 % each in turn',
  async faults({ hub, every, random }) {
    let turn = 0
    const next = () => {
      const kind = kinds[turn++ % kinds.length] ?? 'failBefore'
      hub.simulator.misbehave({ [kind]: 0.3, dropCallbacks: 0.1, seed: Math.floor(random() * 1e6) })
    }
    next()
    await every(5_000, next)
  },
}
