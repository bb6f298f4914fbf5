/** What is listed on a page, as far as it is there: undefined until it is known. */
export interface Listed<Item> {
  readonly items: readonly Item[] | undefined
  readonly error: string | undefined
  readonly hasMore: boolean
  readonly busy: boolean
  load(): Promise<void>
  more(): Promise<void>
}
