import { expect, test } from 'vitest'
import { countSegments } from './segments.ts'

const family = '👨‍👩‍👧‍👦'

test.each([
  ['nothing', 'GSM-7', 1, ''],
  ['160 a', 'GSM-7', 1, 'a'.repeat(160)],
  ['161 a', 'GSM-7', 2, 'a'.repeat(161)],
  ['306 a', 'GSM-7', 2, 'a'.repeat(306)],
  ['307 a', 'GSM-7', 3, 'a'.repeat(307)],
  ['1600 a', 'GSM-7', 11, 'a'.repeat(1600)],
  ['158 a and €', 'GSM-7', 1, `${'a'.repeat(158)}€`],
  ['159 a and €', 'GSM-7', 2, `${'a'.repeat(159)}€`],
  ['a € on the border of two segments', 'GSM-7', 3, `${'a'.repeat(152)}€${'a'.repeat(152)}`],
  ['form feed', 'GSM-7', 1, '\f'],
  ['70 я', 'UCS-2', 1, 'я'.repeat(70)],
  ['71 я', 'UCS-2', 2, 'я'.repeat(71)],
  ['134 я', 'UCS-2', 2, 'я'.repeat(134)],
  ['135 я', 'UCS-2', 3, 'я'.repeat(135)],
  ['1600 я', 'UCS-2', 24, 'я'.repeat(1600)],
  ['35 waves', 'UCS-2', 1, '👋'.repeat(35)],
  ['36 waves', 'UCS-2', 2, '👋'.repeat(36)],
  ['a wave on the border', 'UCS-2', 2, `${'я'.repeat(66)}👋${'я'.repeat(5)}`],
  ['6 families', 'UCS-2', 1, family.repeat(6)],
  ['7 families', 'UCS-2', 2, family.repeat(7)],
  ['typographic quotes', 'UCS-2', 1, '“hi” — it’s…'],
])('%s: %s, segments: %i', (_name, encoding, segments, body) => {
  expect(countSegments(body)).toMatchObject({ encoding, segments })
})

test.each(['`', '\t', 'ç', '“', '–', '…', '\u00a0', '👍', 'e\u0301'])(
  '%j is not in the GSM-7 alphabet',
  (character) => {
    expect(countSegments(character).encoding).toBe('UCS-2')
  },
)

test.each(Array.from('^{}\\[~]|€\f'))('%j takes two septets', (character) => {
  expect(countSegments(character)).toMatchObject({ encoding: 'GSM-7', units: 2 })
})

test('a line break of two characters counts as two', () => {
  expect(countSegments('\r\n')).toMatchObject({ encoding: 'GSM-7', units: 2 })
})

test('what is left counts from the last segment', () => {
  expect(countSegments('a'.repeat(150)).unitsLeft).toBe(10)
  expect(countSegments('a'.repeat(161)).unitsLeft).toBe(145)
})
