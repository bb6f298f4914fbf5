import { expect, test } from 'vitest'
import { presets } from './presets.ts'

const at = (now: Date) => presets(now).map(({ label, at }) => [label, at.toString()])
const local = (...parts: [number, number, number, number, number?]) => new Date(...parts).toString()

test('on a Thursday afternoon: in an hour, tomorrow and Monday morning', () => {
  expect(at(new Date(2026, 10, 19, 15, 30))).toEqual([
    ['In an hour', local(2026, 10, 19, 16, 30)],
    ['Tomorrow', local(2026, 10, 20, 9)],
    ['Monday', local(2026, 10, 23, 9)],
  ])
})

test('on a Sunday Monday is tomorrow, and on a Monday it is the next one', () => {
  expect(at(new Date(2026, 10, 22, 15)).map(([label]) => label)).toEqual(['In an hour', 'Tomorrow'])
  expect(at(new Date(2026, 10, 23, 15)).at(-1)).toEqual(['Monday', local(2026, 10, 30, 9)])
})

test('before nine this morning is still to come', () => {
  expect(at(new Date(2026, 10, 19, 7)).map(([label]) => label)).toContain('Today')
})
