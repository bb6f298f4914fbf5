import { expect, test } from 'vitest'
import { KeyBoard } from './key-board.ts'

const nowhere = { inField: false, inDialog: false }
const key = (name: string, mod = false) => ({
  key: name,
  metaKey: false,
  ctrlKey: mod,
  altKey: false,
  isComposing: false,
  defaultPrevented: false,
  repeat: false,
})

function given() {
  const done: string[] = []
  const keys = new KeyBoard()
  const doing = (what: string) => () => done.push(what) > 0
  const off = keys.on({
    goInbox: doing('inbox'),
    close: doing('close'),
    palette: doing('palette'),
    next: doing('next'),
  })
  return { keys, done, off }
}

test('a key does what whoever can do it registered, and nothing once they are gone', () => {
  const { keys, done, off } = given()

  expect(keys.press(key('e'), nowhere)).toBe(true)
  off()
  expect(keys.press(key('e'), nowhere)).toBe(false)
  expect(done).toEqual(['close'])
})

test('while somebody types in a field only ⌘K is a command, and in a dialog nothing is', () => {
  const { keys, done } = given()

  expect(keys.press(key('e'), { inField: true, inDialog: false })).toBe(false)
  expect(keys.press(key('k', true), { inField: true, inDialog: false })).toBe(true)
  expect(keys.press(key('k', true), { inField: true, inDialog: true })).toBe(false)
  expect(done).toEqual(['palette'])
})

test('two keys one after the other are a command, unless too much time passes', () => {
  const { keys, done } = given()

  keys.press(key('g'), nowhere, 0)
  expect(keys.press(key('i'), nowhere, 1_000)).toBe(true)
  keys.press(key('g'), nowhere, 10_000)
  expect(keys.press(key('i'), nowhere, 12_000)).toBe(false)
  expect(done).toEqual(['inbox'])
})

test('a key that is held goes down the list, and closes one conversation and no other', () => {
  const { keys, done } = given()
  const held = (name: string) => [key(name), { ...key(name), repeat: true }]

  for (const event of [...held('j'), ...held('e')]) expect(keys.press(event, nowhere)).toBe(true)

  expect(done).toEqual(['next', 'next', 'close'])
})
