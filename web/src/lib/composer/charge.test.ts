import { expect, test } from 'vitest'
import { chargeOf } from './charge.ts'

const group = { inGroup: true, authorName: 'Admin' }

test('in a group the name in front counts', () => {
  const body = 'a'.repeat(155)

  expect(chargeOf(body, { ...group, inGroup: false })).toMatchObject({ segments: 1, unitsLeft: 5 })
  expect(chargeOf(body, group)).toMatchObject({ segments: 2, texts: 1 })
})

test('what the name makes longer than a text may be goes as two, and counts as such', () => {
  expect(chargeOf('a '.repeat(799) + 'aa', group)).toMatchObject({ texts: 2, segments: 12 })
})

test('one costly character makes it Unicode; those of the body are named, each in its place', () => {
  const { isUnicode, costly } = chargeOf('It’s', group)

  expect(isUnicode).toBe(true)
  expect(costly).toEqual([{ index: 2, piece: '’', plain: "'" }])
})
