import { expect, test } from 'vitest'
import { keyCaps } from './key-caps.ts'

test.for([
  ['mod+k', true, ['⌘', 'K']],
  ['mod+k', false, ['Ctrl', 'K']],
  ['shift+mod+enter', true, ['⇧', '⌘', '↵']],
  ['g then i', false, ['G', 'then', 'I']],
  ['?', false, ['?']],
  ['mod++', false, ['Ctrl', '+']],
] as const)('%s on a Mac (%s) is shown as %s', ([keys, isMac, caps]) => {
  expect(keyCaps(keys, isMac)).toEqual(caps)
})
