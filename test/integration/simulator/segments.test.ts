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
