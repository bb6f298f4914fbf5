const gap = 6
const margin = 8

/** Under its control, or above where there is no room; beside it in the rail (`data-tip-side="right"`). */
export function placeTip(anchor: HTMLElement, tip: HTMLElement): { left: string; top: string } {
  const at = anchor.getBoundingClientRect()
  const width = tip.offsetWidth
  const height = tip.offsetHeight
  if (anchor.dataset['tipSide'] === 'right') {
    return px(at.right + gap, at.top + (at.height - height) / 2)
  }
  const below = at.bottom + gap
  const fits = below + height + margin <= window.innerHeight
  const left = at.left + (at.width - width) / 2
  const rightmost = window.innerWidth - width - margin
  return px(Math.max(margin, Math.min(left, rightmost)), fits ? below : at.top - gap - height)
}

const px = (left: number, top: number) => ({
  left: `${Math.round(left)}px`,
  top: `${Math.round(top)}px`,
})
