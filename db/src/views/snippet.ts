import type { FoundMessage } from '@partyline/contracts/api/search'
import type { Word } from '../queries/word-query.ts'

const before = 50
const length = 160

/** The part of a text around the first of the words, and where they are in it. */
export function snippetOf(body: string, words: Word[]): FoundMessage['snippet'] {
  const places = Array.from(body.matchAll(/[\p{L}\p{N}\p{M}]+/gu), ({ 0: text, index }) => {
    const small = text.toLowerCase()
    const word = words.find((each) =>
      each.unfinished ? small.startsWith(each.text) : small === each.text,
    )
    return word ? { start: index, end: index + Math.min(word.text.length, text.length) } : undefined
  }).filter((place) => place !== undefined)
  const start = startOf(body, places[0]?.start ?? 0)
  const end = wholeAt(body, Math.min(body.length, start + length))
  const lead = start === 0 ? '' : '…'
  return {
    text: `${lead}${body.slice(start, end)}${end < body.length ? '…' : ''}`,
    matches: places
      .filter((place) => place.start >= start && place.end <= end)
      .map((place) => ({
        start: place.start - start + lead.length,
        end: place.end - start + lead.length,
      })),
  }
}

/** A little before the match, at the beginning of a word where there is one. */
function startOf(body: string, match: number): number {
  const from = match - before
  if (from <= 0) return 0
  const space = body.slice(from, match).search(/\s/)
  return space < 0 ? wholeAt(body, from) : from + space + 1
}

/** Not in the middle of a character that takes two places. */
function wholeAt(body: string, place: number): number {
  const code = body.charCodeAt(place)
  return code >= 0xdc00 && code <= 0xdfff ? place + 1 : place
}
