import type { Scenario } from '../scenario.ts'

export const t11: Scenario = {
  id: 'T11',
  title: 'Redis hangs (SIGSTOP) for 12 s: every webhook is taken within 2 s',
  seconds: 25,
  measures: true,
  async faults({ hub, wait }) {
    await wait(5_000)
    hub.stores.redis.freeze()
    await wait(12_000)
    hub.stores.redis.thaw()
  },
  also: async (_hub, { statuses, answers }) => [
    ...(statuses['503'] ? [`${statuses['503']} webhooks were refused`] : []),
    ...(Math.max(...answers) > 2_500
      ? [`an answer took ${Math.round(Math.max(...answers))} ms`]
      : []),
  ],
}
