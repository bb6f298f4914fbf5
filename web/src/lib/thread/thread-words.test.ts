import { expect, test } from 'vitest'
import { byDay } from './by-day.ts'
import { isBigEmoji } from './is-big-emoji.ts'
import { waitingWords } from './waiting-words.ts'
import { waysOut } from './ways-out.ts'
import { sampleMessage } from '../state/samples.ts'
import { toRows } from '../state/thread-messages.ts'

test.each([
  ['👍', true],
  ['👨‍👩‍👧‍👦 ❤️', true],
  ['🎉🎉🎉', true],
  ['🎉🎉🎉🎉', false],
  ['ok 👍', false],
  ['12', false],
  ['', false],
])('%s alone is shown big: %s', (body, big) => {
  expect(isBigEmoji(body)).toBe(big)
})

test('a text that waits says why, in the words of a person', () => {
  const now = Date.parse('2026-11-21T09:00:00Z')
  const waiting = {
    ...{ waiting: true, stopped: false, until: null },
    ...{ paused: false, segmentsPerSecond: 1, segmentsAhead: 40 },
  }

  expect(waitingWords(waiting, now)).toBe('1 text a second; about 40 s to go')
  expect(waitingWords({ ...waiting, segmentsAhead: 600 }, now)).toContain('about 10 min')
  expect(waitingWords({ ...waiting, segmentsAhead: 1 }, now)).toBe('')
  expect(waitingWords({ ...waiting, paused: true }, now)).toContain('Its line is paused')
  expect(waitingWords({ ...waiting, stopped: true }, now)).toContain('Nothing is sent right now')
  expect(waitingWords({ ...waiting, until: '2026-11-21T09:05:00Z' }, now)).toMatch(/^Waits until/)
  expect(waitingWords({ ...waiting, waiting: false }, now)).toBe('')
})

test('a number where nothing arrives is to be removed, one that is not registered to be registered', () => {
  const of = (code: number) => waysOut({ canRetry: true, error: { code, reason: '', advice: '' } })

  const ways = { retry: true, remove: false, register: undefined, template: false }

  expect(of(21614)).toEqual({ ...ways, remove: true })
  expect(of(30034).register).toContain('console.twilio.com')
  expect(of(30003)).toEqual(ways)
  expect(of(63016)).toEqual({ ...ways, template: true })
})

test('rows are grouped by day, and a text that was dated back breaks nothing', () => {
  const at = (day: number) => `2026-11-${day}T12:00:00.000Z`
  const rows = toRows(
    [20, 20, 21, 20].map((day, index) => sampleMessage({ seq: index + 1, createdAt: at(day) })),
    [],
    { userId: 'me', namesOthers: false, isWeb: false },
  )

  const days = byDay(rows)

  expect(days.map((day) => day.rows.length)).toEqual([2, 1, 1])
  expect(new Set(days.map(({ key }) => key)).size).toBe(3)
})
