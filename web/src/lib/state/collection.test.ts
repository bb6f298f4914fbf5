import { expect, test } from 'vitest'
import { Collection } from './collection.svelte.ts'

const named = (id: string, name = '') => ({ id, name })
const names = (found: Collection<{ id: string; name: string }>) =>
  Array.from(found.all, ({ id, name }) => id + name).sort()

test('a reply that was asked before a change does not undo that change', () => {
  const found = new Collection<{ id: string; name: string }>()

  const mark = found.mark()
  found.put(named('a', ' new'))
  found.merge([named('a', ' old'), named('b', ' old')], mark)

  expect(names(found)).toEqual(['a new', 'b old'])
})

test('a reply that was asked before a removal does not bring the thing back', () => {
  const found = new Collection<{ id: string; name: string }>()
  found.put(named('a'))

  const mark = found.mark()
  found.remove('a')
  found.reset([named('a')], mark)

  expect(names(found)).toEqual([])
})

test('reset forgets what the reply no longer has, and keeps what came since', () => {
  const found = new Collection<{ id: string; name: string }>()
  found.merge([named('gone'), named('stays')], found.mark())

  const mark = found.mark()
  found.put(named('new'))
  found.reset([named('stays')], mark)

  expect(names(found)).toEqual(['new', 'stays'])
})
