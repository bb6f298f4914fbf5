import { phoneText, splitText } from '@partyline/contracts/phone-text'
import { costlyPieces } from '@partyline/contracts/plain-text'
import { countSegments } from '@partyline/contracts/segments'

/** How a text is cut and charged on phones; the name in front of it in a group included. */
export function chargeOf(body: string, given: { inGroup: boolean; authorName: string }) {
  const text = phoneText({ ...given, kind: 'text', body })
  const counts = splitText(text).map(countSegments)
  const last = counts.at(-1) ?? countSegments('')
  return {
    texts: counts.length,
    segments: counts.reduce((sum, { segments }) => sum + segments, 0),
    isUnicode: counts.some(({ encoding }) => encoding === 'UCS-2'),
    unitsLeft: last.unitsLeft,
    costly: costlyPieces(body),
  }
}
export type Charge = ReturnType<typeof chargeOf>
