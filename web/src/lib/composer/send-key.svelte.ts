export type SendKey = 'enter' | 'mod+enter'

const storeKey = 'partyline.send-key'

/** Which key sends; the other one begins a line. Kept in this browser. */
export class SendKeyState {
  #key = $state<SendKey>('enter')

  constructor() {
    this.#key = localStorage.getItem(storeKey) === 'mod+enter' ? 'mod+enter' : 'enter'
  }

  get key(): SendKey {
    return this.#key
  }

  set key(key: SendKey) {
    this.#key = key
    localStorage.setItem(storeKey, key)
  }

  /** While an input method composes a character, Enter belongs to it. */
  sends(event: KeyboardEvent): boolean {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return false
    return event.ctrlKey || event.metaKey || this.#key === 'enter'
  }
}
