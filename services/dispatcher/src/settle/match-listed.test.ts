import { expect, test } from 'vitest'
import { matchListed } from './match-listed.ts'

const asked = Date.UTC(2026, 0, 1, 12)
const at = (seconds: number) => new Date(asked + seconds * 1_000)
const [office, ana] = ['+15558675310', '+14155550101'] as const
const delivery = (id: string, given = {}) => ({
  ...{ id, from: office, to: ana, body: 'ok', attemptAt: at(0) },
  ...given,
})
const text = (sid: string, given = {}) => ({
  ...{ sid, from: office, to: ana, body: 'ok', createdAt: at(1) },
  ...given,
})
const match = (unknown: ReturnType<typeof delivery>[], newestFirst: ReturnType<typeof text>[]) =>
  [...matchListed(unknown, newestFirst)].map(([id, { sid }]) => `${id} ${sid}`)

test('of identical texts the oldest is the oldest delivery, and each is one delivery', () => {
  const texts = [text('SM2', { createdAt: at(2) }), text('SM1')]

  expect(match([delivery('a'), delivery('b'), delivery('c')], texts)).toEqual(['a SM1', 'b SM2'])
})

test('a text from long before Twilio was asked is another one', () => {
  const before = (seconds: number) => text('SM1', { createdAt: at(-seconds) })

  expect(match([delivery('a')], [before(61)])).toEqual([])
  expect(match([delivery('a')], [before(60)])).toEqual(['a SM1'])
  const younger = delivery('b', { attemptAt: at(300) })
  expect(match([delivery('a'), younger], [before(1)])).toEqual(['a SM1'])
})

test('a text of other words, to somebody else or from another line is another one', () => {
  const others = [
    text('SM1', { body: 'OK' }),
    text('SM2', { to: '+14155550102' }),
    text('SM3', { from: '+15558675311' }),
    text('SM4', { from: null }),
  ]

  expect(match([delivery('a')], others)).toEqual([])
})

test('a service’s text is its own, whichever number Twilio has chosen, or none yet', () => {
  const service = { from: `MG${'0'.repeat(32)}` }
  const texts = [text('SM2', { from: null }), text('SM1')]

  expect(match([delivery('a', service), delivery('b', service)], texts)).toEqual(['a SM1', 'b SM2'])
})
