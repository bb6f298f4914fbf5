import { setTimeout as wait } from 'node:timers/promises'
import { KnownError } from '../known-error.ts'

/** Waits until each of these services says that it is ready; throws the names of those that do not. */
export async function untilReady(urls: string[], patienceMs: number): Promise<void> {
  const deadline = Date.now() + patienceMs
  let missing = urls
  while (missing.length > 0) {
    const ready = await Promise.all(missing.map(isReady))
    missing = missing.filter((_, index) => !ready[index])
    if (missing.length === 0) return
    if (Date.now() > deadline) {
      const names = missing.map((url) => new URL(url).hostname).join(', ')
      throw new KnownError(`Not ready after ${patienceMs / 1_000} s: ${names}. Look at their logs.`)
    }
    await wait(300)
  }
}

async function isReady(url: string): Promise<boolean> {
  const answer = await fetch(new URL('/readyz', url), { signal: AbortSignal.timeout(3_000) }).catch(
    () => undefined,
  )
  await answer?.body?.cancel()
  return answer?.ok ?? false
}
