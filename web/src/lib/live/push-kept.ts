const storageKey = 'partyline.push'

type Kept = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** Who wants to be told in this browser while Partyline is closed: nobody decides it for the next person. */
export const isPushKept = (storage: Kept, userId: string) => storage.getItem(storageKey) === userId

export function keepPush(storage: Kept, userId: string | undefined): void {
  if (userId === undefined) storage.removeItem(storageKey)
  else storage.setItem(storageKey, userId)
}
