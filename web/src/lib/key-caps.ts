const onMac: Record<string, string> = { mod: '⌘', shift: '⇧', alt: '⌥', ctrl: '⌃', enter: '↵' }
const elsewhere: Record<string, string> = { mod: 'Ctrl', shift: '⇧', alt: 'Alt', enter: '↵' }
const everywhere: Record<string, string> = {
  escape: 'Esc',
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  space: 'Space',
}

/** What stands on the keys of "mod+k" or "g then i", on this machine. */
export function keyCaps(keys: string, isMac: boolean): string[] {
  return keys
    .split(/\s+|\+(?=.)/)
    .map((key) => (isMac ? onMac : elsewhere)[key] ?? everywhere[key] ?? capital(key))
}

const capital = (key: string) => (key.length === 1 ? key.toUpperCase() : key)
