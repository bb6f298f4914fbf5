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

test.each([
  ['It’s on — bring “your” folders…', 0],
  [`It’s on${' and on'.repeat(12)}`, 1],
  // What stays Unicode for a drop is charged alike without the apostrophe.
  ['It’s raining 💧', null],
  // It stays Unicode, and three dots for one are longer.
  [`💧${'…'.repeat(60)}`, null],
  // In the plain alphabet, and yet longer.
  ['±'.repeat(60), null],
  ['It is on', null],
])('%s: plain characters are offered only where they gain something', (body, saves) => {
  expect(chargeOf(body, group).plainSaves).toBe(saves)
})

test('plain characters gain nothing beside a name that is Unicode itself', () => {
  const given = { inGroup: true, authorName: 'Zoë 🌊' }
  expect(chargeOf('It’s on', given).plainSaves).toBeNull()
})
