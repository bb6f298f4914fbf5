import type { Loader } from './loader.ts'

/** For scenarios in which one store is enough to take every webhook. */
export const refusals = ({ statuses }: Loader): string[] =>
  statuses['503'] ? [`${statuses['503']} webhooks were refused`] : []

export function slowest({ answers }: Loader, allowedMs: number): string[] {
  const most = Math.round(Math.max(...answers))
  return most > allowedMs ? [`an answer took ${most} ms`] : []
}
