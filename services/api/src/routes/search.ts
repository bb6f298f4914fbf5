import { type FoundMessage, searchEndpoints, searchKinds } from '@partyline/contracts/api/search'
import { findContactsCalled } from '@partyline/db/queries/find-called'
import { listConversations } from '@partyline/db/queries/list-conversations'
import { searchMessages } from '@partyline/db/queries/search-messages'
import { readWords } from '@partyline/db/queries/word-query'
import { viewContacts } from '@partyline/db/views/contact'
import { viewConversations } from '@partyline/db/views/conversation'
import { viewFoundMessages } from '@partyline/db/views/found-message'
import { at } from '@partyline/kit/http'
import { callerOf } from '../access.ts'
import type { RouteDeps, Routes } from '../deps.ts'
import { inOrder } from '../present.ts'

interface Asked {
  q: string
  viewerId: string
  cursor?: string | undefined
  limit: number
}

export const searchRoutes: Routes = (http, { db, config }) => {
  http.route({
    ...at(searchEndpoints.search),
    async handler(request) {
      const { q, kinds = searchKinds.join(), cursor, limit = config.limit } = request.query
      const asked = { q, cursor, limit, viewerId: callerOf(request).user.id }
      // A next page is one of messages: all of the others are on the first.
      const wanted = cursor === undefined ? kinds.split(',') : ['messages']
      const [conversations, contacts, messages] = await Promise.all([
        wanted.includes('conversations') ? findConversations(db, asked) : [],
        wanted.includes('contacts') ? findContacts(db, asked) : [],
        wanted.includes('messages') ? findMessages(db, asked) : nothing,
      ])
      return { conversations, contacts, messages }
    },
  })
}

type Db = RouteDeps['db']
const nothing: { items: FoundMessage[]; nextCursor: string | null } = {
  items: [],
  nextCursor: null,
}

async function findConversations(db: Db, { q, viewerId, limit }: Asked) {
  const page = await listConversations(db, { viewerId, filter: { q }, limit })
  const ids = page.rows.map(({ id }) => id)
  return inOrder(page, await viewConversations(db, ids, viewerId)).items
}

async function findContacts(db: Db, asked: Asked) {
  const rows = await findContactsCalled(db, asked)
  const ids = rows.map(({ id }) => id)
  const views = await viewContacts(db, ids, asked.viewerId)
  return inOrder({ rows, nextCursor: null }, views).items
}

async function findMessages(db: Db, { q, viewerId, cursor, limit }: Asked) {
  const words = await readWords(db, q)
  if (!words) return nothing
  const page = await searchMessages(db, { viewerId, words, cursor, limit })
  const ids = page.rows.map(({ id }) => id)
  return inOrder(page, await viewFoundMessages(db, ids, { viewerId, words: words.words }))
}
