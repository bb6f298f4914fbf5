import { expect, test } from 'vitest'
import { countSegments } from './segments.ts'

const family = '👨‍👩‍👧‍👦'

test.each([
  ['nothing', '', 'GSM-7', 1],
  ['160 a', 'a'.repeat(160), 'GSM-7', 1],
  ['161 a', 'a'.repeat(161), 'GSM-7', 2],
  ['306 a', 'a'.repeat(306), 'GSM-7', 2],
  ['307 a', 'a'.repeat(307), 'GSM-7', 3],
  ['1600 a', 'a'.repeat(1600), 'GSM-7', 11],
  ['158 a and €', `${'a'.repeat(158)}€`, 'GSM-7', 1],
  ['159 a and €', `${'a'.repeat(159)}€`, 'GSM-7', 2],
  ['a € on the border of two segments', `${'a'.repeat(152)}€${'a'.repeat(152)}`, 'GSM-7', 3],
  ['form feed', '\f', 'GSM-7', 1],
  ['70 я', 'я'.repeat(70), 'UCS-2', 1],
  ['71 я', 'я'.repeat(71), 'UCS-2', 2],
  ['134 я', 'я'.repeat(134), 'UCS-2', 2],
  ['135 я', 'я'.repeat(135), 'UCS-2', 3],
  ['1600 я', 'я'.repeat(1600), 'UCS-2', 24],
  ['35 waves', '👋'.repeat(35), 'UCS-2', 1],
  ['36 waves', '👋'.repeat(36), 'UCS-2', 2],
  ['a wave on the border', `${'я'.repeat(66)}👋${'я'.repeat(5)}`, 'UCS-2', 2],
  ['6 families', family.repeat(6), 'UCS-2', 1],
  ['7 families', family.repeat(7), 'UCS-2', 2],
  ['typographic quotes', '“hi” — it’s…', 'UCS-2', 1],
])('%s: %#', (_name, body, encoding, segments) => {
  expect(countSegments(body)).toMatchObject({ encoding, segments })
})

test.each(['`', '\t', 'ç', '“', '–', '…', '\u00a0', '👍', 'e\u0301'])(
  '%j is not in the GSM-7 alphabet',
  (character) => {
    expect(countSegments(character).encoding).toBe('UCS-2')
  },
)

test.each([...'^{}\\[~]|€\f'])('%j takes two septets', (character) => {
  expect(countSegments(character)).toMatchObject({ encoding: 'GSM-7', units: 2 })
})

test('a line break of two characters counts as two', () => {
  expect(countSegments('\r\n')).toMatchObject({ encoding: 'GSM-7', units: 2 })
})

test('what is left counts from the last segment', () => {
  expect(countSegments('a'.repeat(150)).unitsLeft).toBe(10)
  expect(countSegments('a'.repeat(161)).unitsLeft).toBe(145)
})
