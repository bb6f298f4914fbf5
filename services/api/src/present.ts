import { AppError } from '@partyline/contracts/errors'

/** A page of ids as the things themselves, in the page's order. */
export function inOrder<View>(
  page: { rows: readonly { id: string }[]; nextCursor: string | null },
  views: Map<string, View>,
): { items: View[]; nextCursor: string | null } {
  return { items: page.rows.flatMap(({ id }) => views.get(id) ?? []), nextCursor: page.nextCursor }
}

/** What is not there and what somebody may not see get the same answer. */
export function theOne<View>(views: Map<string, View>, id: string, what: string): View {
  const view = views.get(id)
  if (view === undefined) throw notFound(what)
  return view
}

export function notFound(what: string): AppError {
  return new AppError('not_found', `There is no such ${what}.`)
}
