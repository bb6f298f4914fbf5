/** A list that was brought and can be undone, in words. */
export interface ImportedList {
  id: string
  createdAt: string
  did: string
  undoes: string
}
