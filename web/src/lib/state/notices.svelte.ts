import { z } from 'zod'

const storageKey = 'partyline.notices'
const choices = z.object({ sounds: z.boolean(), desktop: z.boolean() })
type Choices = z.output<typeof choices>
const off: Choices = { sounds: false, desktop: false }

type Permission = 'default' | 'granted' | 'denied' | 'missing'

interface Deps {
  storage: Pick<Storage, 'getItem' | 'setItem'>
  /** `missing`: this browser, or this address without https, has none. */
  permission: () => Permission
  ask: () => Promise<Permission>
}

/** How this browser makes itself heard: off until somebody here turns it on. */
export class NoticesState {
  readonly #deps: Deps
  #choices = $state.raw<Choices>(off)
  #permission = $state<Permission>('default')

  constructor(deps: Deps) {
    this.#deps = deps
    this.#permission = deps.permission()
    this.read(storageKey)
  }

  get sounds(): boolean {
    return this.#choices.sounds
  }

  get desktop(): boolean {
    return this.#choices.desktop && this.#permission === 'granted'
  }

  get permission(): Permission {
    return this.#permission
  }

  setSounds(sounds: boolean): void {
    this.#set({ ...this.#choices, sounds })
  }

  /** Asks the browser when it is turned on for the first time, which takes a click. */
  async setDesktop(desktop: boolean): Promise<void> {
    if (desktop) this.#permission = await this.#deps.ask()
    this.#set({ ...this.#choices, desktop: desktop && this.#permission === 'granted' })
  }

  /** This browser says that it has them, and has none: those of Android leave them to installed apps. */
  giveUp(): void {
    this.#permission = 'missing'
  }

  /** Takes over what another window chose. */
  read(key: string | null): void {
    if (key !== storageKey) return
    const kept = this.#deps.storage.getItem(storageKey)
    const read = choices.safeParse(parse(kept))
    this.#choices = read.success ? read.data : off
  }

  #set(to: Choices): void {
    this.#choices = to
    this.#deps.storage.setItem(storageKey, JSON.stringify(to))
  }
}

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return null
  }
}
