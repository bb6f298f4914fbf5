import type { Db } from '@partyline/db/client'
import { pruneFeed } from '@partyline/db/queries/prune-feed'
import type { Logger } from '@partyline/kit/log'
import { reasonOf } from '@partyline/kit/reason'
import type { Service } from '@partyline/kit/service'

/** A dashboard that was closed for longer loads everything anew. */
const keptDays = 7
const everyMs = 3_600_000

/** Keeps the feed from growing for ever. Several dispatchers may do it at once. */
export function createFeedRetention({ db, log }: { db: Db; log: Logger }): Service {
  let timer: NodeJS.Timeout | undefined
  let pruning: Promise<void> | undefined

  function prune(): void {
    pruning ??= pruneFeed(db, keptDays)
      .then((pruned) => {
        if (pruned > 0) log.info({ pruned }, 'old changes forgotten')
      })
      .catch((error: unknown) => log.warn({ reason: reasonOf(error) }, 'feed not pruned'))
      .finally(() => (pruning = undefined))
  }

  return {
    async start() {
      prune()
      timer = setInterval(prune, everyMs)
    },
    async stop() {
      clearInterval(timer)
      await pruning
    },
  }
}
