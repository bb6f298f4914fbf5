import { statisticsEndpoints } from '@partyline/contracts/api/statistics'
import { reviewCauses } from '@partyline/contracts/delivery-causes'
import { AppError } from '@partyline/contracts/errors'
import { rateOf } from '@partyline/contracts/sender-rate'
import {
  countNeeding,
  countStuck,
  countWaiting,
  listStuck,
  listWaiting,
} from '@partyline/db/queries/attention'
import { type Backlog, listBacklog } from '@partyline/db/queries/backlog'
import { isHistoryCounted } from '@partyline/db/queries/countings'
import { sumByTime, sumHours } from '@partyline/db/queries/statistics'
import { viewConversations } from '@partyline/db/views/conversation'
import { at } from '@partyline/kit/http'
import { callerOf } from '../access.ts'
import type { Routes } from '../deps.ts'

const dayMs = 86_400_000
const maxDays = 400
const oldestShown = 6
const stuckShown = 5

export const statisticsRoutes: Routes = (http, { db }) => {
  http.route({
    ...at(statisticsEndpoints.get),
    async handler({ query: { from, to, lineId, by, timeZone } }) {
      const range = { from: new Date(from), to: new Date(to), lineId }
      const lengthMs = range.to.getTime() - range.from.getTime()
      if (lengthMs <= 0 || lengthMs > maxDays * dayMs) {
        const message = `Ask for a time span that ends after it begins, of ${maxDays} days at most.`
        throw new AppError('invalid_request', message)
      }
      const days = Math.ceil(lengthMs / dayMs)
      const earlier = (at: Date) => new Date(at.getTime() - days * dayMs)
      const [told, before, complete] = await Promise.all([
        sumByTime(db, range, { by, timeZone }),
        sumHours(db, { lineId, from: earlier(range.from), to: earlier(range.to) }),
        isHistoryCounted(db),
      ])
      return { ...told, before, complete }
    },
  })

  http.route({
    ...at(statisticsEndpoints.attention),
    async handler(request) {
      const viewerId = callerOf(request).user.id
      const [waiting, oldest, unknown, failed, review, stuck, items, backlog] = await Promise.all([
        countWaiting(db, viewerId),
        listWaiting(db, viewerId, oldestShown),
        countNeeding(db, viewerId, 'unknown'),
        countNeeding(db, viewerId, 'failed'),
        Promise.all(
          reviewCauses.map(async (cause) => ({
            cause,
            count: await countNeeding(db, viewerId, 'review', cause),
          })),
        ),
        countStuck(db, viewerId),
        listStuck(db, viewerId, stuckShown),
        listBacklog(db),
      ])
      const views = await viewConversations(db, oldest, viewerId)
      return {
        waiting: {
          count: waiting,
          oldest: oldest.flatMap((id) => views.get(id) ?? []),
        },
        ...{ unknown, failed },
        review: review.filter(({ count }) => count > 0),
        scheduled: {
          count: stuck,
          items: items.map(({ row, kind }) => ({
            ...{ id: row.id, conversationId: row.conversationId, kind, body: row.body },
            ...{ problem: row.problem ?? '', sendAt: row.sendAt.toISOString() },
          })),
        },
        backlog: backlog.map(viewBacklog),
      }
    },
  })
}

/** What a quiet line may send at once is spent long before a text waits. */
function viewBacklog({ lineId, address, texts, segments, oldestAt, ...line }: Backlog) {
  const { segmentsPerSecond } = rateOf(address, line.segmentsPerSecond)
  const secondsToEmpty = segments / segmentsPerSecond
  return { lineId, texts, oldestAt: oldestAt.toISOString(), secondsToEmpty }
}
