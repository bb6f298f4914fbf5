const fields =
  'input:not([type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable=true]'
const layers = '[role=dialog], [role=alertdialog], [role=menu], [role=listbox]'

/** The field that somebody types in. */
export function fieldAt(target: EventTarget | null): Element | undefined {
  return target instanceof Element ? (target.closest(fields) ?? undefined) : undefined
}

/** Something lies over the page and has the keys. */
export function isLayerOpen(): boolean {
  return document.querySelector(layers) !== null
}
