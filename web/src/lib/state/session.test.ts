import { expect, test } from 'vitest'
import { createApi } from '../api.ts'
import { SessionState } from './session.svelte.ts'

const user = (name: string, digit: number) => ({
  ...{ id: `7b1c2f9e-1d1a-4c55-8a52-0c7c4f3ab00${digit}`, name, email: `${name}@example.com` },
  ...{ role: 'agent', disabled: false, createdAt: '2026-11-21T09:00:00.000Z' },
})
const [ann, ben] = [user('ann', 1), user('ben', 2)]

/** Two windows of one browser: one cookie, one store. */
function given() {
  let signedIn = ann
  const kept = new Map<string, string>()
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
  const api = createApi(async (_url, { method }) => {
    if (method === 'POST') signedIn = ben
    return Response.json(method === 'DELETE' ? {} : { user: signedIn })
  })
  return [new SessionState(api, storage), new SessionState(api, storage)] as const
}
const key = 'partyline.user'

test('a window learns that another one has become somebody else’s, or nobody’s', async () => {
  const [one, other] = given()
  await one.load()
  await other.load()
  expect(one.isOver(key)).toBe(false)

  await other.signOut()
  expect(one.isOver(key)).toBe(true)

  await other.signIn('ben@example.com', 'correct-horse-8')
  expect(one.isOver('partyline.theme')).toBe(false)
  expect(one.isOver(key)).toBe(true)

  await one.load()
  expect(one.user?.name).toBe('ben')
  expect(one.isOver(key)).toBe(false)
})
