import { expect, test } from 'vitest'
import { findReplies, slashAt } from './slash.ts'

const reply = (name: string, body = '') => ({ id: name, name, body, updatedAt: '' })

test.each([
  ['/', 1, ''],
  ['Hi /ho', 6, 'ho'],
  ['Hi\n/opening ho', 14, 'opening ho'],
  ['/ho and more', 3, 'ho'],
])('%j asks for a saved reply', (text, caret, query) => {
  expect(slashAt(text, caret)).toEqual({ start: caret - query.length - 1, end: caret, query })
})

test.each([
  ['and/or', 6],
  ['https://example.com', 19],
  ['/ ', 2],
  ['/ho\nnext', 8],
  ['1/2', 3],
])('%j does not', (text, caret) => {
  expect(slashAt(text, caret)).toBe(null)
})

test('names that begin so come first, then names and texts that have it', () => {
  const replies = [reply('Closed', 'our hours'), reply('After hours'), reply('Hours'), reply('Way')]

  expect(findReplies(replies, 'hou').map(({ name }) => name)).toEqual([
    'Hours',
    'After hours',
    'Closed',
  ])
})
