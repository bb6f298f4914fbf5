import { expect, test } from 'vitest'
import { DraftsState } from './drafts.svelte.ts'

function givenStore() {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
}

test('a draft is there again after a reload, for the same person only', () => {
  const store = givenStore()
  new DraftsState(store, 'ann').set('c1', 'Dear Ben')

  expect(new DraftsState(store, 'ann').get('c1')).toBe('Dear Ben')
  expect(new DraftsState(store, 'ben').get('c1')).toBeUndefined()
})

test('an emptied draft is no draft, and signing out leaves nothing behind', () => {
  const store = givenStore()
  const drafts = new DraftsState(store, 'ann')
  drafts.set('c1', 'Dear Ben')
  drafts.set('c2', 'Dear Cy')

  drafts.set('c1', '  ')
  expect(drafts.get('c1')).toBeUndefined()
  drafts.clear()
  expect(store.kept.size).toBe(0)
})

test('what is no list of drafts counts as none', () => {
  const store = givenStore()
  store.setItem('partyline.drafts.ann', '[1')

  expect(new DraftsState(store, 'ann').get('c1')).toBeUndefined()
})
