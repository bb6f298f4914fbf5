import { expect, test } from 'vitest'
import { sampleConversation } from '../state/samples.ts'
import { belongs, everythingOpen, readSearch, searchOf } from './list-filter.ts'

const me = 'me'
const list = (view: Parameters<typeof searchOf>[0]['view']) => ({ ...everythingOpen, view })

test('each view takes what its name says, and but for scheduled texts nothing that is closed or snoozed', () => {
  const mine = sampleConversation({ assigneeId: me, unread: 2 })
  const views = [
    'open',
    'unread',
    'mine',
    'unassigned',
    'waiting',
    'scheduled',
    'snoozed',
    'closed',
  ] as const
  const of = (given: typeof mine) => views.filter((view) => belongs(given, list(view), me))

  expect(of(mine)).toEqual(['open', 'unread', 'mine'])
  expect(of(sampleConversation({ waitingSince: '2026-11-21T09:00:00Z' }))).toEqual([
    'open',
    'unassigned',
    'waiting',
  ])
  expect(of({ ...mine, unread: 0, begun: false })).toEqual([])
  expect(of({ ...mine, status: 'snoozed' })).toEqual(['snoozed'])
  expect(of({ ...mine, status: 'closed' })).toEqual(['closed'])
  const nextSendAt = '2026-11-22T09:00:00.000Z'
  expect(of({ ...mine, status: 'closed', nextSendAt })).toEqual(['scheduled', 'closed'])
})

test('a view is narrowed by channel, line and label, all of which must fit', () => {
  const line = { id: 'l', name: 'Front desk', address: '+15550100' }
  const one = sampleConversation({ channel: 'whatsapp', line, labelIds: ['vip'] })
  const filter = { ...everythingOpen, channel: 'whatsapp' as const, lineId: 'l', labelId: 'vip' }

  expect(belongs(one, filter, me)).toBe(true)
  expect(belongs({ ...one, channel: 'sms' }, filter, me)).toBe(false)
  expect(belongs({ ...one, line: null }, filter, me)).toBe(false)
  expect(belongs({ ...one, labelIds: [] }, filter, me)).toBe(false)
})

test('a filter comes back from its address as it went in, and an address without one says nothing', () => {
  const filter = { view: 'mine', channel: 'sms', lineId: 'l', labelId: 'x' } as const

  expect(readSearch(new URLSearchParams(searchOf(filter)))).toEqual(filter)
  expect(searchOf(everythingOpen)).toBe('')
  expect(readSearch(new URLSearchParams('message=4'))).toBeUndefined()
  expect(readSearch(new URLSearchParams('view=nonsense&channel=fax'))).toEqual(everythingOpen)
})
