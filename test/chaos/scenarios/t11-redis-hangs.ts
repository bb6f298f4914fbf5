import type { Scenario } from '../scenario.ts'

export const t11: Scenario = {
  id: 'T11',
  title: 'Redis hangs (SIGSTOP) for 15 s: every webhook is taken within 2 s',
  seconds: 30,
  async faults({ hub, wait }) {
    await wait(5_000)
    hub.stores.redis.freeze()
    await wait(15_000)
    hub.stores.redis.thaw()
  },
  also: async (_hub, { statuses, answers }) => [
    ...(statuses['503'] ? [`${statuses['503']} webhooks were refused`] : []),
    ...(Math.max(...answers) > 2_500
      ? [`an answer took ${Math.round(Math.max(...answers))} ms`]
      : []),
  ],
}
