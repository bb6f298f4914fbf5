import { statisticsEndpoints } from '@partyline/contracts/api/statistics'
import type { Conversation } from '@partyline/contracts/api/conversations'
import type { Page } from 'playwright-core'
import type { z } from 'zod'

/** When Home is looked at, and what it says then: the same figures whatever the hour. */
export async function givenFigures(page: Page, waiting: Conversation[]): Promise<void> {
  const noon = new Date('2026-03-10T12:00:00Z')
  const buckets = Array.from({ length: 12 }, (_, hour) => ({
    at: new Date(Date.UTC(2026, 2, 10, hour)).toISOString(),
    ...{ inbound: 4 + ((hour * 7) % 23), outbound: 6 + ((hour * 11) % 31) },
    ...{ delivered: 5 + ((hour * 11) % 31), failed: hour % 4 === 0 ? 1 : 0 },
    ...{ answers: 3, medianAnswerSeconds: 120 + ((hour * 97) % 600) },
  }))
  const total = { inbound: 182, outbound: 264, delivered: 258, failed: 3, answers: 36 }
  const before = { inbound: 160, outbound: 250, delivered: 240, failed: 5, answers: 30 }
  const statistics: z.output<typeof statisticsEndpoints.get.reply> = {
    buckets,
    total: { ...total, medianAnswerSeconds: 240 },
    before: { ...before, medianAnswerSeconds: 420 },
    ...{ lines: [], complete: true },
  }
  const attention: z.output<typeof statisticsEndpoints.attention.reply> = {
    waiting: { count: waiting.length, oldest: waiting },
    ...{ unknown: 0, review: [], failed: 3, scheduled: { count: 0, items: [] } },
    backlog: [],
  }
  await page.clock.setFixedTime(noon)
  await page.route(/\/api\/statistics\?/, (route) => route.fulfill({ json: statistics }))
  await page.route(/\/api\/attention$/, (route) => route.fulfill({ json: attention }))
}
