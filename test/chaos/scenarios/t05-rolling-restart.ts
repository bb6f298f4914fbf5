import { noteDoubts, tellDoubts } from '../doubts.ts'
import type { Scenario } from '../scenario.ts'

export const t05: Scenario = {
  id: 'T05',
  title: 'rolling restart by SIGTERM, one after the other: nothing is ever in doubt',
  seconds: 30,
  // Something is under way to Twilio whenever one is asked to stop.
  textsPerSecond: 20,
  ingresses: 2,
  // Each has to be up again before the next is stopped.
  measures: true,
  async faults({ hub, every, measured }) {
    await noteDoubts(hub.db)
    let turn = 0
    const longest = async (what: string, step: Promise<void> | undefined) => {
      const began = performance.now()
      await step
      measured[what] = Math.max(measured[what] ?? 0, Math.round(performance.now() - began))
    }
    const all = [...hub.dispatchers, ...hub.ingresses]
    await every(500, async () => {
      const next = all[turn++ % all.length]
      await longest('stopMs', next?.restart('SIGTERM'))
      await longest('startMs', next?.untilReady())
    })
  },
  async also({ db, dispatchers, ingresses }) {
    const ends = [...dispatchers, ...ingresses].map(({ ends }) => ends)
    return [
      ...(await tellDoubts(db)),
      ...(ends.every((each) => each['exit 0']) ? [] : ['not everything was restarted']),
      ...(ends.every((each) => Object.keys(each).length <= 1) ? [] : ['not all ended in order']),
    ]
  },
}
