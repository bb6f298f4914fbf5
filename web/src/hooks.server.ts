import font from '@fontsource-variable/figtree/files/figtree-latin-wght-normal.woff2?url'
import type { Handle } from '@sveltejs/kit/hooks'

/** Runs while the page is built: puts the font's real name, which has its hash, into app.html. */
export const handle: Handle = ({ event, resolve }) =>
  resolve(event, {
    transformPageChunk: ({ html }) => html.replace('/font-of-text', font),
  })
