interface Given {
  isTurned: () => boolean
  root: () => HTMLElement | undefined
  toBox: () => Promise<void>
}

/** A box that turns into another one, and back: whoever was in it goes on there. */
export class Turning {
  #takesFocus = $state(false)

  constructor({ isTurned, root, toBox }: Given) {
    let was = false
    // Before the page changes: afterwards the focus is lost.
    $effect.pre(() => {
      const is = isTurned()
      if (is === was) return
      was = is
      this.#takesFocus = root()?.contains(document.activeElement) === true
      if (this.#takesFocus) void toBox()
    })
  }

  get takesFocus(): boolean {
    return this.#takesFocus
  }
}
