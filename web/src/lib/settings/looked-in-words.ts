import { formatSince } from '../dates.ts'

/** When Twilio was last asked: "Looked up 5 min ago". */
export function lookedInWords(
  { looking, lookedAt }: { looking: boolean; lookedAt: string | null },
  now: number,
): string {
  if (looking) return 'Asking Twilio…'
  return lookedAt === null ? '' : `Looked up ${formatSince(lookedAt, now)}`
}
