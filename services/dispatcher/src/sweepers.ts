import { forgetOldPushes } from '@partyline/db/queries/push-subscriptions'
import { forgetTakenBack } from '@partyline/db/queries/taken-back'
import type { Service } from '@partyline/kit/service'
import { connectNumbers } from './account/connect-numbers.ts'
import { createLooking } from './account/look-at-account.ts'
import type { JobDeps } from './deps.ts'
import { createPriceLooking } from './prices/look-at-prices.ts'
import { askReceipts } from './recover/ask-receipts.ts'
import { createBackfill } from './recover/backfill.ts'
import { reconcile } from './recover/reconcile.ts'
import { createSweeper } from './sweeper.ts'
import { countHistory, countRecent } from './statistics/count-up.ts'
import { lookAtTemplates } from './templates/look-at-templates.ts'
import { sweeperTasks } from './sweeper-tasks.ts'

/** All that is looked for now and again, each at its own pace, in the order in which it begins. */
export function createSweepers(deps: JobDeps): Service[] {
  const { everyMs, graceMs } = deps.config.recovering
  return [
    createSweeper(deps, { tasks: { reconcile }, everyMs: 5_000, firstInMs: 0 }),
    createSweeper(deps, { tasks: sweeperTasks, everyMs: 1_000, firstInMs: 0 }),
    createSweeper(deps, {
      tasks: { backfill: createBackfill(), receipts: askReceipts },
      everyMs,
      // What waits in Redis from before is taken first.
      firstInMs: graceMs,
    }),
    createSweeper(deps, {
      tasks: {
        connecting: connectNumbers,
        account: createLooking(),
        prices: createPriceLooking(),
        templates: lookAtTemplates,
      },
      everyMs: 5_000,
      // A text is more urgent when a process starts.
      firstInMs: 5_000,
    }),
    createSweeper(deps, {
      tasks: { 'recent hours': countRecent, 'hours of the past': countHistory },
      everyMs: 10_000,
      firstInMs: 10_000,
    }),
    createSweeper(deps, {
      tasks: {
        'taken back': ({ db }) => forgetTakenBack(db),
        'old pushes': ({ db }) => forgetOldPushes(db),
      },
      everyMs: 3_600_000,
      firstInMs: 10_000,
    }),
  ]
}
