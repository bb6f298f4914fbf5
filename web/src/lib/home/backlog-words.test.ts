import { expect, test } from 'vitest'
import { backlogWords } from './backlog-words.ts'

const now = Date.parse('2026-03-10T12:00:00Z')
const running = { paused: false, stopped: false, now }
const behind = {
  lineId: 'a',
  texts: 2_312,
  oldestAt: '2026-03-10T11:56:00Z',
  secondsToEmpty: 2_280,
}

test('a line that is behind says how many wait, how long already and how long yet', () => {
  expect(backlogWords(behind, running)).toEqual({
    wait: '2,312 texts, the oldest waiting 4 min',
    left: 'About 38 min to go',
  })
  expect(backlogWords({ ...behind, texts: 1, secondsToEmpty: 0.2 }, running)).toEqual({
    wait: '1 text, waiting 4 min',
    left: 'About 1 s to go',
  })
})

test('where no more was counted it says so, and while nothing is sent it promises no time', () => {
  expect(backlogWords({ ...behind, texts: 20_000, secondsToEmpty: 20_000 }, running)).toEqual({
    wait: '20,000 or more texts, the oldest waiting 4 min',
    left: 'More than 5 h 33 min to go',
  })
  const leftWhile = (given: object) => backlogWords(behind, { ...running, ...given }).left
  expect(leftWhile({ stopped: true })).toBe('Until texts are sent again')
  expect(leftWhile({ stopped: true, paused: true })).toBe('Until the line is resumed')
})
