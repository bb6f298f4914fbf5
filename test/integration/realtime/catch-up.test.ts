import type { FeedEvent } from '@partyline/contracts/feed'
import type { Message } from '@partyline/contracts/api/messages'
import type { Db } from '@partyline/db/client'
import { readFeed } from '@partyline/db/queries/read-feed'
import { messages } from '@partyline/db/schema/messages'
import { viewMessages } from '@partyline/db/views/message'
import { asc } from 'drizzle-orm'
import { expect } from 'vitest'
import { test } from '../../support/stack.ts'
import { createBreakableLine } from './breakable-line.ts'
import { bellOf, type Browser, openBrowser, runRealtime } from './browser.ts'
import { givenDirect, givenGroup, givenLine, givenText, givenUser, settledHead } from './given.ts'

/** Cursors are opaque to clients; here they show that the order of the feed is kept. */
function place(cursor: string): [bigint, bigint] {
  const [xid = '', id = ''] = cursor.split('-')
  return [BigInt(xid), BigInt(id)]
}

function isInOrder(events: FeedEvent[]): boolean {
  const places = events.map(({ cursor }) => place(cursor))
  return places.every(([xid, id], index) => {
    const [earlierXid, earlierId] = places[index - 1] ?? [-1n, -1n]
    return xid > earlierXid || (xid === earlierXid && id > earlierId)
  })
}

/** The thread of one conversation as a dashboard keeps it: live, and caught up after every break. */
function keepThread(
  db: Db,
  { socket }: Browser,
  userId: string,
  conversationId: string,
  from: string,
) {
  const thread = new Map<string, Message>()
  const unread: string[] = []
  let cursor = from
  let waiting: FeedEvent[] | undefined = []

  function apply(event: FeedEvent): void {
    if (event.type !== 'message.created' && event.type !== 'message.changed') return
    const { message } = event
    if (message.conversationId !== conversationId) return
    if (event.type === 'message.created' && !thread.has(message.id)) unread.push(message.id)
    thread.set(message.id, message)
  }

  let catching: Promise<void> | undefined
  let again = false
  /** The connection on which the conversation is followed. */
  let readyId: string | undefined
  const isReady = () => socket.connected && socket.id === readyId

  async function catchUp(): Promise<void> {
    waiting ??= []
    const seen = new Set<string>()
    for (let hasMore = true; hasMore || again;) {
      again = false
      const page = await readFeed(db, { after: cursor, limit: 3, userId })
      for (const event of page.items) {
        seen.add(event.cursor)
        apply(event)
      }
      ;({ cursor, hasMore } = page)
    }
    for (const event of waiting) if (!seen.has(event.cursor)) apply(event)
    // Cut off meanwhile: what comes before all is followed again must not move the cursor past a gap.
    waiting = isReady() ? undefined : []
    catching = undefined
  }

  socket.on('feed', (event) => {
    if (waiting) return void waiting.push(event)
    apply(event)
    cursor = event.cursor
  })
  socket.on('disconnect', () => (waiting ??= []))
  const ready = () => {
    const { id } = socket
    socket.emit('follow', conversationId, () => {
      readyId = id
      again = catching !== undefined
      catching ??= catchUp()
    })
  }
  socket.on('connect', ready)
  ready()
  return { thread, unread, isLive: () => waiting === undefined }
}

test('whatever breaks in between, a dashboard ends up with every message once, in order, as it is now', async ({
  stack,
}) => {
  const { db } = stack
  const ring = bellOf(stack)
  const ann = await givenUser(db, 'Ann')
  const group = await givenGroup(db)
  const from = await settledHead(db)
  const first = await runRealtime(stack)
  const to = { port: first.port }
  using line = await createBreakableLine(to)
  using browser = await openBrowser(line.port, ann.token)
  const kept = keepThread(db, browser, ann.id, group, from)

  const writing = async (count: number) => {
    for (let index = 0; index < count; index++) {
      await givenText(db, group, `text ${index}`)
      ring()
      if (Math.random() < 0.2) line.snap()
    }
  }
  await Promise.all([writing(30), writing(30)])
  await first[Symbol.asyncDispose]()
  await writing(10)
  await using second = await runRealtime(stack)
  to.port = second.port
  await Promise.all([writing(20), writing(20)])
  await givenText(db, group, 'the last one')
  ring()

  const rows = await db.select().from(messages).orderBy(asc(messages.seq))
  const ids = rows.map(({ id }) => id)
  await expect.poll(() => kept.thread.size).toBe(111)
  await expect.poll(kept.isLive).toBe(true)
  expect(kept.unread.toSorted()).toEqual(ids.toSorted())
  expect([...kept.thread.values()].sort((a, b) => a.seq - b.seq).map(({ id }) => id)).toEqual(ids)
  const now = await viewMessages(db, ids.slice(-1))
  expect([...kept.thread.values()].find(({ id }) => id === ids.at(-1))).toEqual(
    now.get(ids.at(-1) ?? ''),
  )
})

test('two nodes tell the same, each event once and in feed order', async ({ stack }) => {
  const { db } = stack
  await using east = await runRealtime(stack)
  await using west = await runRealtime(stack)
  const line = await givenLine(db)
  const direct = await Promise.all([1, 2, 3].map(() => givenDirect(db, line)))
  const user = await givenUser(db, 'Ann')
  using left = await openBrowser(east.port, user.token)
  using right = await openBrowser(west.port, user.token)
  for (const { id } of direct) await Promise.all([left.follow(id), right.follow(id)])

  const texting = direct.map(async ({ id }) => {
    for (let index = 0; index < 15; index++) {
      await givenText(db, id)
      bellOf(stack)()
    }
  })
  await Promise.all(texting)

  const created = ({ events }: Browser) =>
    events.flatMap((event) => (event.type === 'message.created' ? [event.message.id] : []))
  await expect.poll(() => created(left).length).toBe(45)
  await expect.poll(() => created(right).length).toBe(45)
  expect(created(left)).toEqual(created(right))
  for (const { events } of [left, right]) expect(isInOrder(events)).toBe(true)
  for (const { id } of direct) {
    const seqs = left.events.flatMap((event) =>
      event.type === 'message.created' && event.message.conversationId === id
        ? [event.message.seq]
        : [],
    )
    expect(seqs).toEqual(seqs.map((_, index) => index + 1))
  }
})

test('after a `head` nothing from before it follows, and its cursor is where to catch up from', async ({
  stack,
}) => {
  const { db } = stack
  await using node = await runRealtime(stack)
  const ann = await givenUser(db, 'Ann')
  using browser = await openBrowser(node.port, ann.token)
  const [atConnect = ''] = browser.heads

  const missed = await givenLine(db)
  bellOf(stack)()
  await expect.poll(() => browser.heads.at(-1)).not.toBe(atConnect)
  expect(browser.heads.at(-1)).toBe(browser.events.at(-1)?.cursor)
  const { items, cursor } = await readFeed(db, { after: atConnect, limit: 10, userId: ann.id })

  expect(items).toMatchObject([{ type: 'line.changed', line: { id: missed } }])
  expect(items).toEqual(browser.events)
  expect(cursor).toBe(browser.heads.at(-1))
})
