/** Everything of a list that people keep short (lines, users), page by page. */
export async function allPages<T>(
  ask: (query: { limit: number; cursor?: string }) => Promise<{
    items: T[]
    nextCursor: string | null
  }>,
): Promise<T[]> {
  const items: T[] = []
  let cursor: string | null | undefined
  do {
    const page = await ask({ limit: 100, ...(cursor ? { cursor } : {}) })
    items.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null)
  return items
}
