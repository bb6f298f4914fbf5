/** Further off nobody counts minutes. */
const exactBelow = 6 * 60

/** "23 h", "3 h 12 min", "12 min", "under a minute". */
export function timeLeftInWords(ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  if (minutes < 1) return 'under a minute'
  if (minutes < 60) return `${minutes} min`
  return minutes % 60 === 0 || minutes >= exactBelow
    ? `${Math.floor(minutes / 60)} h`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
