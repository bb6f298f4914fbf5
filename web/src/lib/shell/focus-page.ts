import { tick } from 'svelte'

/** Puts the focus at the start of what is shown beside the list, as the next Tab goes on from there. */
export function focusPage(): void {
  const page = document.getElementById('page')
  if (!page) return
  // Only as long as it has the focus: a click into the thread must not land on it.
  page.tabIndex = -1
  page.focus({ preventScroll: true })
  page.addEventListener('blur', () => page.removeAttribute('tabindex'), { once: true })
}

/** Nothing has the focus, or only the page as a whole. */
export function isFocusNowhere(): boolean {
  const at = document.activeElement
  return at === null || at === document.body || at.id === 'page'
}

/** To be called when what had the focus may be gone: else the next Tab begins at the top of everything. */
export async function keepFocus(): Promise<void> {
  await tick()
  if (isFocusNowhere()) focusPage()
}
