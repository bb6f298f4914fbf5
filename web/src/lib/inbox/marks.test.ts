import { expect, test } from 'vitest'
import { markFound, markPlaces } from './marks.ts'

const shown = (pieces: ReturnType<typeof markFound>) =>
  pieces.map(({ text, marked }) => (marked ? `[${text}]` : text)).join('')

test('what was looked for is marked in a name whatever the case, and in a number across its spaces', () => {
  expect(shown(markFound('Mara Okafor', 'okA'))).toBe('Mara [Oka]for')
  expect(shown(markFound('(206) 555-0101', '206555'))).toBe('([206) 555]-0101')
  expect(shown(markFound('Mara', 'Ben'))).toBe('Mara')
})

test('places that overlap are marked once, and no letter is lost', () => {
  const text = 'parking behind the house'
  const pieces = markPlaces(text, [
    { start: 0, end: 7 },
    { start: 5, end: 9 },
    { start: 15, end: 18 },
  ])

  expect(shown(pieces)).toBe('[parking] behind [the] house')
  expect(pieces.map((piece) => piece.text).join('')).toBe(text)
})
