/** Twilio's default words: the whole message, one word, any case. */
const words = {
  stop: ['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT'],
  start: ['START', 'YES', 'UNSTOP'],
  help: ['HELP', 'INFO'],
} as const

export type Keyword = keyof typeof words

export function keywordIn(body: string): Keyword | undefined {
  const word = body.trim().toUpperCase()
  for (const [keyword, spellings] of Object.entries(words)) {
    if ((spellings as readonly string[]).includes(word)) return keyword as Keyword
  }
  return undefined
}
