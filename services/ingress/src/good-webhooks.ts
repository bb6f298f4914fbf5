import { goodWebhooksKey } from '@partyline/contracts/webhook-notes'
import type { Logger } from '@partyline/kit/log'
import type { Redis } from '@partyline/kit/redis'

const writeEveryMs = 2_000

/** When the last good webhook of each route came. Nothing is written while one is answered. */
export function createGoodWebhooks(redis: Redis, prefix: string, log: Logger) {
  const last = new Map<string, number>()
  let timer: NodeJS.Timeout | undefined

  function write() {
    timer = undefined
    const entries = [...last].flatMap(([route, at]) => [route, new Date(at).toISOString()])
    last.clear()
    redis.hset(goodWebhooksKey(prefix), ...entries).catch(() => {
      log.debug('when webhooks came was not kept: Redis is away')
    })
  }

  return {
    note(route: string | undefined) {
      if (route === undefined) return
      last.set(route, Date.now())
      timer ??= setTimeout(write, writeEveryMs).unref()
    },
  }
}
