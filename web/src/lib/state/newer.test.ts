import { expect, test } from 'vitest'
import { NewerState } from './newer.svelte.ts'
import { sampleMessage } from './samples.ts'

const created = { cursor: '1', type: 'message.created' } as const
const given = (isWriting = true) =>
  new NewerState({ conversationId: 'c1', userId: 'me', isWriting: () => isWriting })
const by = (id: string) =>
  sampleMessage({ direction: 'outbound', author: { kind: 'user', id, name: id, address: null } })

test('a text that came while one wrote asks once, then lets go', () => {
  const newer = given()
  expect(newer.allow()).toBe(true)

  newer.apply({ ...created, message: sampleMessage({ body: 'Wait!' }) })

  expect(newer.message?.body).toBe('Wait!')
  expect([newer.allow(), newer.allow()]).toEqual([false, true])
  newer.clear()
  expect(newer.allow()).toBe(true)
})

test('a colleague’s answer counts; one’s own, an automatic one and another conversation’s do not', () => {
  const newer = given()
  newer.apply({ ...created, message: by('me') })
  newer.apply({ ...created, message: sampleMessage({ kind: 'auto_reply' }) })
  newer.apply({ ...created, message: sampleMessage({ conversationId: 'c2' }) })
  expect(newer.message).toBe(null)

  newer.apply({ ...created, message: by('ben') })
  expect(newer.message?.author.name).toBe('ben')
})

test('nothing is newer than what nobody writes', () => {
  const newer = given(false)

  newer.apply({ ...created, message: sampleMessage({}) })

  expect(newer.message).toBe(null)
})
