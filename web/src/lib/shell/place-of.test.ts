import { expect, test } from 'vitest'
import { placeOf } from './place-of.ts'

test.for([
  ['/(app)', 'inbox'],
  ['/(app)/c/[id]', 'inbox'],
  ['/(app)/home', 'home'],
  ['/(app)/settings/lines', 'settings'],
  ['/(app)/lines', 'settings'],
  ['/(app)/(people)/contacts/[id]', 'contacts'],
  [null, 'inbox'],
] as const)('%s is a part of %s', ([route, place]) => {
  expect(placeOf(route)).toBe(place)
})
