import { formatAgo } from '../dates.ts'

/** When Twilio was last asked: "Looked up 5 min ago". */
export function lookedInWords(
  { looking, lookedAt }: { looking: boolean; lookedAt: string | null },
  now: number,
): string {
  if (looking) return 'Asking Twilio…'
  if (lookedAt === null) return ''
  const ago = formatAgo(lookedAt, now)
  if (ago === 'now') return 'Looked up just now'
  return / (min|h)$/.test(ago) ? `Looked up ${ago} ago` : `Looked up: ${ago}`
}
