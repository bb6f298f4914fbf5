/**
 * Of all windows of this browser one speaks, for as long as it is open; then another. Without locks (an
 * address without https) each speaks.
 */
export function createOneWindow(locks: LockManager | undefined) {
  const over = new AbortController()
  let chosen = locks === undefined
  const end = Promise.withResolvers<undefined>()
  locks
    ?.request('partyline.voice', { signal: over.signal }, async () => {
      chosen = true
      await end.promise
    })
    // Only how waiting ends when this window is left.
    .catch(() => undefined)
  return {
    speaks: () => chosen,
    stop() {
      chosen = false
      over.abort()
      end.resolve(undefined)
    },
  }
}
