import { expect, test } from 'vitest'
import { createApi } from '../api.ts'
import { sampleConversation, sampleMessage } from './samples.ts'
import { ThreadState } from './thread.svelte.ts'

const id = '7b1c2f9e-1d1a-4c55-8a52-0c7c4f3ab001'
const nothing = () => undefined
const feed = {
  listen: () => nothing,
  follow: () => ({ following: Promise.resolve(), unfollow: nothing }),
}

test('a text that comes while the thread is being marked as read is marked as well', async () => {
  const answers: (() => void)[] = []
  const api = createApi(async () => {
    await new Promise<void>((resolve) => answers.push(resolve))
    return Response.json(sampleConversation({ id }))
  })
  const thread = new ThreadState(id, { api, feed, userId: 'u1', onlate: nothing })

  const marking = thread.markRead()
  await expect.poll(() => answers.length).toBe(1)
  void thread.markRead()
  answers[0]?.()
  await expect.poll(() => answers.length).toBe(2)
  answers[1]?.()
  await marking

  expect(answers).toHaveLength(2)
})

test('a conversation that is deleted while it is loaded is not there', async () => {
  const answer = Promise.withResolvers<undefined>()
  const api = createApi(async (url) => {
    await answer.promise
    const page = { items: [], nextCursor: null }
    return Response.json(url.includes('/messages') ? page : sampleConversation({ id }))
  })
  const thread = new ThreadState(id, { api, feed, userId: 'u1', onlate: nothing })

  const loading = thread.load()
  thread.apply({ cursor: '1', type: 'conversation.deleted', id })
  answer.resolve(undefined)
  await loading

  expect(thread.phase).toBe('missing')
})

test('what a draft kept as perhaps sent is taken out of the box when it is in the thread', async () => {
  const tried = { body: 'Hello', clientKey: 'k1' }
  const sent = { id, conversationId: id, author: { ...sampleMessage({}).author, id } }
  const api = createApi(async (url) => {
    const page = { items: [sampleMessage({ ...sent, ...tried })], nextCursor: null }
    return Response.json(url.includes('/messages') ? page : sampleConversation({ id }))
  })
  const late: string[] = []
  const onlate = ({ body }: { body: string }) => void late.push(body)
  const thread = new ThreadState(id, { api, feed, userId: 'u1', onlate })

  thread.recall(tried)
  expect(late).toEqual([])
  await thread.load()

  expect(thread.error).toBeUndefined()
  expect(late).toEqual(['Hello'])
})
