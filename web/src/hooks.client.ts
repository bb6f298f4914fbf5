const key = 'partyline.reloaded'
const restMs = 60_000

/**
 * A part that was not loaded yet does not come. Where a newer version took the place of this one it never will:
 * begin again, once. Without the server that would only lose the page.
 */
addEventListener('vite:preloadError', () => {
  const last = Number(sessionStorage.getItem(key) ?? 0)
  if (Date.now() - last < restMs) return
  fetch('/', { method: 'HEAD', cache: 'no-store' }).then(
    ({ ok }) => {
      if (!ok) return
      sessionStorage.setItem(key, String(Date.now()))
      location.reload()
    },
    () => undefined,
  )
})
