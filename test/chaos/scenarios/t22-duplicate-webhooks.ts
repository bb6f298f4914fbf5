import type { Scenario } from '../scenario.ts'

export const t22: Scenario = {
  id: 'T22',
  title: 'half of all webhooks come twice at once, on two ingresses',
  ingresses: 2,
  duplicateWebhooks: 0.5,
}
