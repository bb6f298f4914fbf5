/**
 * Where a layer opened by this control belongs: the dialog or landmark around it, so that it is inside the
 * dialog's focus and no text stands outside the landmarks.
 */
export function layerOf(control: Element | undefined): Element {
  return control?.closest('[role=dialog], [role=alertdialog], main, header') ?? document.body
}
