import { expect, test } from 'vitest'
import { sampleMessage } from './samples.ts'
import { toRows } from './thread-messages.ts'

const viewer = { userId: 'me', namesOthers: true, isWeb: false }
const me = { kind: 'user', id: 'me', name: 'Grace', address: null } as const
const colleague = { kind: 'user', id: 'ada', name: 'Ada', address: null } as const

test('B51: inbound stands on the left, outbound on the right, announcements in between', () => {
  const rows = toRows(
    [
      sampleMessage({ seq: 1 }),
      sampleMessage({ seq: 2, direction: 'outbound', author: me }),
      sampleMessage({ seq: 3, direction: 'outbound', kind: 'announcement' }),
    ],
    [],
    viewer,
  )

  expect(rows.map(({ side }) => side)).toEqual(['other', 'own', 'announcement'])
})

test('between two the other is called by their present name, a colleague by theirs', () => {
  const unnamed = { kind: 'contact', id: 'c', name: '+14155550101', address: null } as const
  const rows = toRows(
    [
      sampleMessage({ seq: 1, author: unnamed }),
      sampleMessage({ seq: 2, direction: 'outbound', author: colleague }),
    ],
    [],
    { ...viewer, namesOthers: false, other: 'Noah Kim' },
  )

  expect(rows.map(({ author }) => author)).toEqual(['Noah Kim', 'Ada'])
})

test('in a web conversation only what I wrote is mine', () => {
  const rows = toRows(
    [
      sampleMessage({ seq: 1, direction: 'outbound', author: colleague }),
      sampleMessage({ seq: 2, direction: 'outbound', author: me }),
    ],
    [],
    { ...viewer, isWeb: true },
  )

  expect(rows.map(({ side, showsAuthor }) => [side, showsAuthor])).toEqual([
    ['other', true],
    ['own', false],
  ])
})

test('texts of one author within five minutes are one run with one name', () => {
  const at = (minute: number) => `2026-11-21T09:${String(minute).padStart(2, '0')}:00.000Z`
  const rows = toRows(
    [
      sampleMessage({ seq: 1, createdAt: at(0) }),
      sampleMessage({ seq: 2, createdAt: at(4) }),
      sampleMessage({ seq: 3, createdAt: at(20) }),
    ],
    [],
    viewer,
  )

  expect(rows.map(({ startsRun, endsRun }) => [startsRun, endsRun])).toEqual([
    [true, false],
    [false, true],
    [true, true],
  ])
  expect(rows.map(({ showsAuthor }) => showsAuthor)).toEqual([true, false, true])
})

test('a text on its way keeps its place in the page when the message takes over', () => {
  const outgoing = { clientKey: 'k', body: 'hi', media: [], createdAt: '2026-11-21T09:00:00.000Z' }
  const sent = sampleMessage({ direction: 'outbound', author: me, clientKey: 'k', body: 'hi' })

  const before = toRows([], [outgoing], viewer)
  const after = toRows([sent], [], viewer)

  expect(after[0]?.key).toBe(before[0]?.key)
})

test('what was unread when the thread was opened begins a run of its own, with its divider', () => {
  const rows = toRows([sampleMessage({ seq: 1 }), sampleMessage({ seq: 2 })], [], {
    ...viewer,
    firstUnread: 2,
  })

  expect(rows.map((row) => [row.isFirstUnread, row.startsRun, row.endsRun])).toEqual([
    [false, true, true],
    [true, true, true],
  ])
})

test('notes are for colleagues and name who wrote them, even me; events stand between', () => {
  const rows = toRows(
    [
      sampleMessage({ seq: 1, kind: 'note', direction: 'outbound', author: me }),
      sampleMessage({ seq: 2, kind: 'event', direction: 'outbound', author: colleague }),
    ],
    [],
    viewer,
  )

  expect(rows.map(({ side, showsAuthor }) => [side, showsAuthor])).toEqual([
    ['note', true],
    ['event', false],
  ])
})
