import type { WebhookParams } from '@partyline/contracts/jobs'

const replacement = '\uFFFD'

/**
 * What Postgres can keep: no NUL and no half of a surrogate pair, which it refuses in text and jsonb alike
 * and with them the whole statement, other people's texts included.
 */
function storable(text: string): string {
  return text.replaceAll('\0', replacement).toWellFormed()
}

/** `altered` when something had to be replaced. */
export function storableParams(params: WebhookParams): { params: WebhookParams; altered: boolean } {
  const kept = Object.entries(params).map(
    ([name, value]) =>
      [storable(name), Array.isArray(value) ? value.map(storable) : storable(value)] as const,
  )
  const stored: WebhookParams = Object.fromEntries(kept)
  return { params: stored, altered: JSON.stringify(stored) !== JSON.stringify(params) }
}
