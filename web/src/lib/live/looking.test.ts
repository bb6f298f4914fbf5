import { afterEach, expect, test, vi } from 'vitest'
import { createLooking } from './looking.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

function store() {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
}

test('which conversation is looked at is known to all windows, also without https', () => {
  // As it is on pages that come over plain http from another machine.
  vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) })
  const storage = store()
  const [one, other] = [createLooking(storage), createLooking(storage)]

  one.set('c1')
  expect(other.at('c1')).toBe(true)

  other.set(undefined)
  expect(one.at('c1')).toBe(true)
  one.set(undefined)
  expect(other.at('c1')).toBe(false)
})
