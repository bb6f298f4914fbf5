/** A newer version took the place of this one, and a part that was not loaded yet is gone: begin again, once. */
addEventListener('vite:preloadError', (event) => {
  const key = 'partyline.reloaded'
  const last = Number(sessionStorage.getItem(key) ?? 0)
  if (Date.now() - last < 60_000) return
  sessionStorage.setItem(key, String(Date.now()))
  event.preventDefault()
  location.reload()
})
