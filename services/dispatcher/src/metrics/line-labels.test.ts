import { expect, test } from 'vitest'
import { createLineLabels } from './line-labels.ts'

test('two hundred lines are told apart, and those that come later are one', () => {
  const labelOf = createLineLabels()
  const first = Array.from({ length: 200 }, (_, index) => `line ${index}`)

  expect(first.map(labelOf)).toEqual(first)
  expect(['line 200', 'line 201', 'line 0'].map(labelOf)).toEqual(['other', 'other', 'line 0'])
})
