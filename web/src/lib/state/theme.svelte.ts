export const themes = [
  { value: 'system', label: 'Follow the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const
type Theme = (typeof themes)[number]['value']

const storageKey = 'partyline.theme'

interface Deps {
  storage: Pick<Storage, 'getItem' | 'setItem'>
  apply: (theme: Theme) => void
}

/** Light or dark: the system's wish unless this person chose, on this browser. */
export class ThemeState {
  readonly #deps: Deps
  #choice = $state<Theme>('system')

  constructor(deps: Deps) {
    this.#deps = deps
    this.choose(deps.storage.getItem(storageKey) ?? 'system')
  }

  get choice(): Theme {
    return this.#choice
  }

  choose(value: string): void {
    this.#choice = themes.find((theme) => theme.value === value)?.value ?? 'system'
    this.#deps.storage.setItem(storageKey, this.#choice)
    this.#deps.apply(this.#choice)
  }
}
