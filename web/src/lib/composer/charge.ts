import { phoneText, splitText } from '@partyline/contracts/phone-text'
import { costlyPieces, toPlain } from '@partyline/contracts/plain-text'
import { countSegments } from '@partyline/contracts/segments'

interface Given {
  inGroup: boolean
  authorName: string
}

/** How a text is cut and charged on phones; the name in front of it in a group included. */
export function chargeOf(body: string, given: Given) {
  const charge = countsOf(body, given)
  return { ...charge, costly: costlyPieces(body), plainSaves: plainSavesOf(body, given, charge) }
}
export type Charge = ReturnType<typeof chargeOf>

function countsOf(body: string, given: Given) {
  const text = phoneText({ ...given, kind: 'text', body })
  const counts = splitText(text).map(countSegments)
  const last = counts.at(-1) ?? countSegments('')
  return {
    texts: counts.length,
    segments: counts.reduce((sum, { segments }) => sum + segments, 0),
    isUnicode: counts.some(({ encoding }) => encoding === 'UCS-2'),
    unitsLeft: last.unitsLeft,
  }
}

/** Segments that plain characters spare; null where they are no gain, as beside an emoji. */
function plainSavesOf(body: string, given: Given, now: ReturnType<typeof countsOf>): number | null {
  if (!now.isUnicode) return null
  const plain = toPlain(body)
  if (plain === body) return null
  const { segments, isUnicode } = countsOf(plain, given)
  const saves = now.segments - segments
  return saves > 0 || (saves === 0 && !isUnicode) ? saves : null
}
