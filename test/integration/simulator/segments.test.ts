import fc from 'fast-check'
import { SegmentedMessage } from 'sms-segments-calculator'
import { expect, test } from 'vitest'
import { countSegments } from '@partyline/contracts/segments'

// Clusters that changed between Unicode versions are left out: the judge's tables are older.
const alphabet = fc.constantFrom(
  ...['a', 'Z', '0', ' ', '\n', '\r\n', '\f', '€', '[', '^', 'é', 'Ω', '`', 'я', '“', '—'],
  ...['👋', '👍🏽', '👨‍👩‍👧‍👦', '🇩🇪', 'e\u0301', '中', '\t', 'ç', 'a'.repeat(50), 'я'.repeat(30)],
)

test('segments are counted as Twilio’s own calculator counts them', () => {
  const text = fc.array(alphabet, { maxLength: 60 }).map((pieces) => pieces.join(''))

  fc.assert(
    fc.property(text, (body) => {
      const judge = new SegmentedMessage(body)
      const ours = countSegments(body)
      expect([ours.encoding, ours.segments]).toEqual([judge.encodingName, judge.segmentsCount])
    }),
    { numRuns: 2_000 },
  )
})

test('any text of one segment is encoded and counted as the calculator does', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 35 }),
    fc.string({ unit: 'binary-ascii', maxLength: 160 }),
  )

  fc.assert(
    fc.property(text, (body) => {
      const judge = new SegmentedMessage(body)
      const ours = countSegments(body)
      expect([ours.encoding, ours.segments]).toEqual([judge.encodingName, judge.segmentsCount])
    }),
    { numRuns: 800 },
  )
})

test('any text of one code unit a character is cut where the calculator cuts it', () => {
  const single = fc.oneof(
    fc.integer({ min: 0x20, max: 0x7e }),
    fc.integer({ min: 0xa1, max: 0x17f }),
    fc.integer({ min: 0x391, max: 0x3a9 }),
    fc.integer({ min: 0x410, max: 0x44f }),
    fc.integer({ min: 0x4e00, max: 0x9fa5 }),
  )
  const text = fc
    .array(single, { maxLength: 700, size: 'max' })
    .map((codes) => String.fromCharCode(...codes))

  fc.assert(
    fc.property(text, (body) => {
      const judge = new SegmentedMessage(body)
      const ours = countSegments(body)
      expect([ours.encoding, ours.segments]).toEqual([judge.encodingName, judge.segmentsCount])
    }),
    { numRuns: 300 },
  )
})
