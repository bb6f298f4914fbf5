/**
 * The one range that a player asks for, to play from there; undefined for the whole. What is no range of
 * this file is answered with the whole, as HTTP allows.
 */
export function readRange(
  header: string | undefined,
  sizeBytes: number | null,
): { from: number; to: number } | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (sizeBytes === null || first === undefined || last === undefined) return undefined
  if (first === '' && last === '') return undefined
  const from = first === '' ? Math.max(0, sizeBytes - Number(last)) : Number(first)
  const to = first === '' || last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1)
  return from <= to ? { from, to } : undefined
}
