import { newClientKey } from '../client-key.ts'

const key = 'partyline.looking'

/**
 * Which conversation somebody looks at, in whichever window of this browser: only one has the focus, and
 * it says so here. The window that speaks may be another.
 */
export function createLooking(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>) {
  const mine = newClientKey()
  const read = () => (storage.getItem(key) ?? '').split(' ')
  return {
    at: (conversationId: string) => read()[1] === conversationId,
    set(conversationId: string | undefined): void {
      if (conversationId !== undefined) storage.setItem(key, `${mine} ${conversationId}`)
      else if (read()[0] === mine) storage.removeItem(key)
    },
  }
}
