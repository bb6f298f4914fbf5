import { expect, test } from 'vitest'
import { snoozeTimes } from './snooze-times.ts'

const labels = (now: string) => snoozeTimes(new Date(now)).map(({ label }) => label)

test('a time that is past is not offered', () => {
  expect(labels('2026-11-19T10:00')).toContain('This evening')
  expect(labels('2026-11-19T19:00')).not.toContain('This evening')
})

test('on a Sunday tomorrow is Monday, and is offered once', () => {
  expect(labels('2026-11-22T10:00')).not.toContain('On Monday morning')
  expect(labels('2026-11-23T10:00')).toContain('On Monday morning')
})
