import { AppError } from '@partyline/contracts/errors'
import type { Db } from '@partyline/db/client'
import { type FeedBatch, feedHead, tailFeed } from '@partyline/db/queries/read-feed'
import { crashPoint } from '@partyline/kit/crash-point'
import type { Logger } from '@partyline/kit/log'
import { reasonOf } from '@partyline/kit/reason'
import type { Service } from '@partyline/kit/service'

export interface FeedTail extends Service {
  /** Everything up to here has been handed on. */
  readonly cursor: string
  /** Something may have changed. */
  look: () => void
}

interface Deps {
  db: Db
  log: Logger
  /**
   * Gets every batch once, in feed order, and how long ago its first change began to happen. Must not
   * wait: the cursor moves in the same breath.
   */
  take: (batch: FeedBatch, ageMs: number) => void
  /** The feed behind us is gone (a restored database): whoever listens must start over. */
  lost: () => void
}

const batchSize = 200
const restMs = 1_000
/** While a transaction still runs in front of committed events; longer each time, as it may be a long one. */
const heldBackMs = [2, 5, 10, 20, 50, 100, 200]

/** Reads the feed once for the whole process: when told to look, and every second, because a ring may be lost. */
export function createFeedTail({ db, log, take, lost }: Deps): FeedTail {
  let cursor = ''
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> | undefined
  let again = false
  let heldBack = 0
  let stopped = false

  async function read(): Promise<number> {
    const began = performance.now()
    const batch = await tailFeed(db, { after: cursor, limit: batchSize })
    if (stopped) return restMs
    const moved = batch.cursor !== cursor
    cursor = batch.cursor
    if (moved) {
      crashPoint('R1')
      take(batch, batch.ageMs + performance.now() - began)
    }
    if (batch.hasMore) return 0
    heldBack = batch.heldBack && !moved ? heldBack + 1 : 0
    return batch.heldBack ? (heldBackMs[heldBack] ?? restMs) : restMs
  }

  async function startOver(error: unknown): Promise<number> {
    if (!(error instanceof AppError) || error.code !== 'feed_cursor_expired') throw error
    log.warn('the feed no longer reaches back to where it was read: starting over')
    cursor = await feedHead(db)
    lost()
    return 0
  }

  async function run(): Promise<void> {
    clearTimeout(timer)
    again = false
    const waitMs = await read()
      .catch(startOver)
      .catch((error: unknown) => {
        log.warn({ reason: reasonOf(error) }, 'feed not read')
        return restMs
      })
    looking = undefined
    if (!stopped) timer = setTimeout(look, again ? 0 : waitMs)
  }

  function look(): void {
    again = true
    if (!stopped) looking ??= run()
  }

  return {
    get cursor() {
      return cursor
    },
    look,
    async start() {
      cursor = await feedHead(db)
      look()
    },
    async stop() {
      stopped = true
      clearTimeout(timer)
      await looking
    },
  }
}
