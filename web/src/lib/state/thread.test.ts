import { expect, test } from 'vitest'
import { createApi } from '../api.ts'
import { sampleConversation } from './samples.ts'
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
