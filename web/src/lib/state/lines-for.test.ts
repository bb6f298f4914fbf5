import { expect, test } from 'vitest'
import { channelsFor, firstLine } from './lines-for.ts'
import { sampleLine } from './samples.ts'

const page = sampleLine({ id: '1', channel: 'messenger' })
const whatsApp = sampleLine({ id: '2', channel: 'whatsapp' })
const office = sampleLine({ id: '3', channel: 'sms' })
const shop = sampleLine({ id: '4', channel: 'sms' })
const lines = [page, whatsApp, office, shop]

test.for([
  ['(212) 555-0100', ['sms', 'whatsapp']],
  ['+12125550100', ['sms', 'whatsapp']],
  ['whatsapp:+12125550100', ['whatsapp']],
  ['messenger:42', ['messenger']],
  ['Mara', undefined],
] as const)('%s can be reached by %s', ([typed, channels]) => {
  expect(channelsFor(typed)).toEqual(channels)
})

test('a text line comes first, even where a page comes first by name', () => {
  expect(firstLine(lines, undefined, null)).toBe(office)
  expect(firstLine(lines, ['sms', 'whatsapp'], null)).toBe(office)
  expect(firstLine(lines, ['messenger'], null)).toBe(page)
  expect(firstLine([page], undefined, null)).toBe(page)
})

test('the line used last comes first where it reaches the address', () => {
  expect(firstLine(lines, undefined, '4')).toBe(shop)
  expect(firstLine(lines, ['sms', 'whatsapp'], '2')).toBe(whatsApp)
  expect(firstLine(lines, ['sms', 'whatsapp'], '1')).toBe(office)
  expect(firstLine([page], ['sms', 'whatsapp'], '1')).toBeUndefined()
})
