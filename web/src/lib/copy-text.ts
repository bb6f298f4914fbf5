import type { ToastsState } from './state/toasts.svelte.ts'

/**
 * Puts a text on the clipboard; whether it is there. Where the browser allows none, as without https, it is
 * shown to be copied by hand, unless it stands on the page.
 */
export async function copyText(
  text: string,
  { toasts, isShown = false }: { toasts: Pick<ToastsState, 'fail'>; isShown?: boolean },
): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const byHand = isShown ? 'Select the text and copy it by hand.' : `It is ${text}`
    toasts.fail(`Your browser does not allow copying here. ${byHand}`)
    return false
  }
}
