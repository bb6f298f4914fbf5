import { expect, test } from 'vitest'
import { costlyPieces, toPlain } from './plain-text.ts'
import { countSegments } from './segments.ts'

test('typographic quotes, dashes, dots and spaces have a plain writing', () => {
  const typed = '“It’s 5\u00A0pm — see you…” → ½ price'

  const plain = toPlain(typed)

  expect(plain).toBe('"It\'s 5 pm - see you..." -> 1/2 price')
  expect(countSegments(plain).encoding).toBe('GSM-7')
})

test('every substitute is itself plain, so that taking it is worth it', () => {
  const fancy = Array.from({ length: 0x3000 }, (_, code) => String.fromCharCode(code + 1))
  for (const { piece, plain } of fancy.flatMap(costlyPieces)) {
    if (plain !== null) expect(costlyPieces(plain), piece).toEqual([])
  }
})

test('an accent that phones know is kept, however it was typed; another is left out', () => {
  expect(toPlain('Cafe\u0301 a\u0300 la carte')).toBe('Café à la carte')
  expect(toPlain('Ángel, año, Łódź')).toBe('Angel, año, Lodz')
})

test('an emoji has no plain writing and stays', () => {
  expect(costlyPieces('Hi 👋🏽!')).toEqual([{ index: 3, piece: '👋🏽', plain: null }])
  expect(toPlain('Hi 👋🏽!')).toBe('Hi 👋🏽!')
})

test('one kind of character can be replaced alone', () => {
  expect(toPlain('It’s — it’s', '’')).toBe("It's — it's")
})

test('a plain text has nothing costly, the extended characters included', () => {
  expect(costlyPieces('10 € [a] {b} ~ ^ \\ |\n')).toEqual([])
})
