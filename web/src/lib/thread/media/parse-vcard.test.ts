import { expect, test } from 'vitest'
import { boxOf, kindOfMedia, sizeInWords } from './media-kinds.ts'
import { parseVcard } from './parse-vcard.ts'

test('a contact card is read: name, firm, numbers with their kind, folded and escaped lines too', () => {
  const card = [
    'BEGIN:VCARD',
    'VERSION:3.0',
    'N:Miller;Ana;;;',
    'FN:Ana Miller',
    'ORG:Miller\\, Sons;Kitchen',
    'item1.TEL;type=CELL;type=VOICE:+1 (415) 555-',
    ' 0131',
    'TEL;TYPE=WORK:tel:+12125550100',
    'EMAIL:ana@example.org',
    'END:VCARD',
  ].join('\r\n')

  expect(parseVcard(card)).toEqual([
    {
      name: 'Ana Miller',
      organization: 'Miller, Sons, Kitchen',
      numbers: [
        { number: '+1 (415) 555-0131', type: 'mobile' },
        { number: '+12125550100', type: 'work' },
      ],
      emails: ['ana@example.org'],
    },
  ])
})

test('several cards, old encodings and rubbish are taken for what can be read of them', () => {
  const text =
    'BEGIN:VCARD\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg\nEND:VCARD\n:::\nBEGIN:VCARD\nTEL:123\nEND:VCARD\nBEGIN:VCARD'

  expect(parseVcard(text).map(({ name, numbers }) => [name, numbers.length])).toEqual([
    ['Jörg Müller', 0],
    ['', 1],
  ])
  expect(parseVcard('no card at all')).toEqual([])
})

test('a picture keeps its shape within its place; one of unknown size gets a fixed place', () => {
  expect(boxOf({ width: 4000, height: 3000 })).toEqual({ width: 320, height: 240 })
  expect(boxOf({ width: 1000, height: 4000 })).toEqual({ width: 96, height: 360 })
  expect(boxOf({ width: 200, height: 100 })).toEqual({ width: 200, height: 100 })
  expect(boxOf({ width: null, height: null })).toEqual({ width: 240, height: 180 })
})

test('what browsers cannot show or play is a file', () => {
  const kinds = ['image/jpeg', 'image/heic', 'audio/mpeg', 'audio/amr', 'video/mp4', 'text/x-vcard']

  expect(kinds.map((contentType) => kindOfMedia({ contentType }))).toEqual([
    'picture',
    'file',
    'sound',
    'file',
    'video',
    'contact',
  ])
  expect([sizeInWords(999), sizeInWords(12_345), sizeInWords(4_500_000)]).toEqual([
    '999 bytes',
    '12 kB',
    '4.5 MB',
  ])
})

test('a card that is made to be long is cut', () => {
  const lines = Array.from({ length: 1_000 }, (_, index) => `TEL:+1555${index}`)

  const [card] = parseVcard(['BEGIN:VCARD', ...lines, 'END:VCARD'].join('\n'))

  expect(card?.numbers).toHaveLength(20)
})
