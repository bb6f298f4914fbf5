/** Every key of the dashboard: what it does is registered by whoever can do it just now. */
export const keyList = [
  { id: 'palette', keys: 'mod+k', label: 'Find people, numbers and actions', group: 'Anywhere' },
  { id: 'help', keys: '?', label: 'Show these keys', group: 'Anywhere' },
  { id: 'search', keys: '/', label: 'Search', group: 'Anywhere' },
  { id: 'newConversation', keys: 'c', label: 'New conversation', group: 'Anywhere' },
  { id: 'goInbox', keys: 'g i', label: 'Go to the inbox', group: 'Anywhere' },
  { id: 'goHome', keys: 'g h', label: 'Go to Home', group: 'Anywhere' },
  { id: 'goContacts', keys: 'g c', label: 'Go to Contacts', group: 'Anywhere' },
  { id: 'goSettings', keys: 'g s', label: 'Go to Settings', group: 'Anywhere' },
  { id: 'next', keys: 'j', label: 'Next conversation', group: 'List' },
  { id: 'previous', keys: 'k', label: 'Previous conversation', group: 'List' },
  { id: 'open', keys: 'enter', label: 'Open the conversation in focus', group: 'List' },
  { id: 'select', keys: 'x', label: 'Select, or take out of the selection', group: 'List' },
  { id: 'selectAll', keys: 'mod+a', label: 'Select all shown', group: 'List' },
  {
    id: 'leave',
    keys: 'escape',
    label: 'Let go of the selection; back to the list',
    group: 'List',
  },
  { id: 'reply', keys: 'r', label: 'Write', group: 'Conversation' },
  { id: 'note', keys: 'n', label: 'Write a note for colleagues', group: 'Conversation' },
  { id: 'close', keys: 'e', label: 'Close, or open again', group: 'Conversation' },
  { id: 'assign', keys: 'a', label: 'Assign', group: 'Conversation' },
  { id: 'label', keys: 'l', label: 'Label', group: 'Conversation' },
  { id: 'snooze', keys: 'z', label: 'Snooze', group: 'Conversation' },
  { id: 'unread', keys: 'u', label: 'Mark as unread, or as read', group: 'Conversation' },
] as const

export type KeyId = (typeof keyList)[number]['id']
/** Whether there was anything to do: else the browser does what it does. */
type Act = () => boolean
type Pressed = Pick<
  KeyboardEvent,
  'key' | 'metaKey' | 'ctrlKey' | 'altKey' | 'isComposing' | 'defaultPrevented' | 'repeat'
>

/** Held down, these go on. The others are done once: a key held a moment too long must not close the next ones. */
const goOn: ReadonlySet<KeyId> = new Set(['next', 'previous'])

/** Between the two keys of "g then i". */
const patienceMs = 1_500

/** Turns keys into what they stand for. Never while somebody types in a field or a dialog is open. */
export class KeyBoard {
  readonly #acts = new Map<KeyId, Act[]>()
  #first: { key: string; at: number } | undefined
  /** A key opened the next conversation, and its reader goes on with keys: the caret stays out of the box. */
  goesOn = false

  /** Registers what keys do from now on; returns its undo. Whoever comes last goes first. */
  on(acts: Partial<Record<KeyId, Act>>): () => void {
    const entries = Object.entries(acts) as [KeyId, Act][]
    for (const [id, act] of entries) this.#acts.set(id, [act, ...(this.#acts.get(id) ?? [])])
    return () => {
      for (const [id, act] of entries) {
        this.#acts.set(id, this.#acts.get(id)?.filter((other) => other !== act) ?? [])
      }
    }
  }

  run(id: KeyId): boolean {
    return (this.#acts.get(id) ?? []).some((act) => act())
  }

  /** Whether something was done. `where`: what the key was pressed in. */
  press(event: Pressed, where: { inField: boolean; inDialog: boolean }, at = Date.now()): boolean {
    if (event.defaultPrevented || event.isComposing || event.altKey) return false
    const mod = event.metaKey || event.ctrlKey
    if (where.inDialog || (where.inField && !mod)) return false
    const key = event.key.toLowerCase()
    const first = this.#first && at - this.#first.at < patienceMs ? `${this.#first.key} ` : ''
    this.#first = undefined
    const wanted = mod ? `mod+${key}` : first + key
    const found = keyList.find(({ keys }) => keys === wanted)
    if (found && !(where.inField && found.id !== 'palette')) {
      return (event.repeat && !goOn.has(found.id)) || this.run(found.id)
    }
    if (!mod && keyList.some(({ keys }) => keys.startsWith(`${key} `))) this.#first = { key, at }
    return false
  }
}
