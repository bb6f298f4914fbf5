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

const file = { name: 'a.png', size: 10, type: 'image/png', media: null }
const draft = (text: string, files = [] as (typeof file)[]) => ({ text, note: false, files })

test('a draft is there again after a reload, for the same person only', () => {
  const store = givenStore()
  new DraftsState(store, 'ann').set('c1', draft('Dear Ben'))

  expect(new DraftsState(store, 'ann').get('c1')).toEqual(draft('Dear Ben'))
  expect(new DraftsState(store, 'ben').get('c1')).toBeUndefined()
})

test('an emptied draft is no draft, and signing out leaves nothing behind', () => {
  const store = givenStore()
  const drafts = new DraftsState(store, 'ann')
  drafts.set('c1', draft('Dear Ben'))
  drafts.set('c2', draft('Dear Cy'))

  drafts.set('c1', draft('  '))
  expect(drafts.get('c1')).toBeUndefined()
  drafts.clear()
  expect(store.kept.size).toBe(0)
})

test('what is no list of drafts counts as none', () => {
  const store = givenStore()
  store.setItem('partyline.drafts.ann', '[1')

  expect(new DraftsState(store, 'ann').get('c1')).toBeUndefined()
})

test('of more drafts with files than the store is given, the oldest keep their text alone', () => {
  const store = givenStore()
  const drafts = new DraftsState(store, 'ann')
  for (let each = 0; each <= 100; each += 1) drafts.set(`c${each}`, draft('Look', [file]))

  const again = new DraftsState(store, 'ann')
  expect(again.get('c0')).toEqual(draft('Look'))
  expect(again.get('c1')).toEqual(draft('Look', [file]))
})

test('a draft of files alone is one, until they are taken out', () => {
  const drafts = new DraftsState(givenStore(), 'ann')
  drafts.set('c1', draft('', [file]))
  expect(drafts.get('c1')).toBeDefined()

  drafts.set('c1', draft(''))
  expect(drafts.get('c1')).toBeUndefined()
})

test('what comes back goes to whoever writes there now, else in front of what is kept', () => {
  const drafts = new DraftsState(givenStore(), 'ann')
  drafts.set('c1', draft('and ten'))
  drafts.giveBack('c1', draft('See you at nine'))
  expect(drafts.get('c1')?.text).toBe('See you at nine\nand ten')

  const given: string[] = []
  const end = drafts.write('c2', ({ text }) => given.push(text))
  drafts.giveBack('c2', draft('hi'))
  end()
  expect(given).toEqual(['hi'])
  expect(drafts.get('c2')).toBeUndefined()
})

test('whoever has signed out leaves no text behind, whatever comes back', () => {
  const store = givenStore()
  const drafts = new DraftsState(store, 'ann')
  drafts.clear()

  expect(drafts.giveBack('c1', draft('secret'))).toBe(false)

  expect(store.getItem('partyline.drafts.ann')).toBe(null)
})
