/** Puts the focus at the start of what is shown beside the list, as the next Tab goes on from there. */
export function focusPage(): void {
  const page = document.getElementById('page')
  if (!page) return
  // Only as long as it has the focus: a click into the thread must not land on it.
  page.tabIndex = -1
  page.focus({ preventScroll: true })
  page.addEventListener('blur', () => page.removeAttribute('tabindex'), { once: true })
}
