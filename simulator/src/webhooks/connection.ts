export interface Connection {
  connectMs: number
  readMs: number
  totalMs: number
  retries: number
  retryOn: ReadonlySet<string>
}

/** Twilio's connection overrides, which stand in the fragment of a webhook's address: `#rc=3&rp=all`. */
export function readConnection(url: string): Connection {
  const overrides = new URLSearchParams(/#(.*)$/.exec(url)?.[1] ?? '')
  const number = (name: string, fallback: number, low: number, high: number) => {
    const value = Number(overrides.get(name) ?? Number.NaN)
    return Number.isInteger(value) ? Math.min(high, Math.max(low, value)) : fallback
  }
  return {
    connectMs: number('ct', 5_000, 100, 10_000),
    readMs: number('rt', 15_000, 100, 15_000),
    totalMs: number('tt', 15_000, 100, 15_000),
    retries: number('rc', 1, 0, 5),
    retryOn: new Set((overrides.get('rp') ?? 'ct').split(',')),
  }
}

/** The name under which a retry policy knows this outcome; undefined for a success. */
export function failureKind(outcome: { status: number } | { failed: 'ct' | 'rt' }) {
  if ('failed' in outcome) return outcome.failed
  if (outcome.status >= 500) return '5xx'
  return outcome.status >= 400 ? '4xx' : undefined
}
