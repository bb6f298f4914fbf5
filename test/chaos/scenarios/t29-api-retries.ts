import { ApiTexts } from '../api-texts.ts'
import type { Hub } from '../hub.ts'
import type { Scenario } from '../scenario.ts'

const texting = new WeakMap<Hub, ApiTexts>()

export const t29: Scenario = {
  id: 'T29',
  title: 'a script sends each text ten times with one key while the api dies at A1 and A2',
  textsPerSecond: 4,
  apis: 2,
  diesAt: { A1: 30, A2: 30 },
  async faults({ hub, every, pick }) {
    const texts = await ApiTexts.open(hub)
    texting.set(hub, texts)
    await every(400, () => texts.text(pick(hub.groups)))
    await texts.finish()
  },
  async also(hub) {
    return (await texting.get(hub)?.problems()) ?? ['nothing was sent']
  },
}
