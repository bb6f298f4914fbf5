import { expect, test } from 'vitest'
import { phoneText, splitText } from './phone-text.ts'

const pizza = { authorName: 'John', body: 'How about pizza after work?' }

test('A14: in a group the name goes in front', () => {
  expect(phoneText({ inGroup: true, kind: 'text', ...pizza })).toBe(
    'John: How about pizza after work?',
  )
})

test('a direct text and an automatic answer stand alone', () => {
  expect(phoneText({ inGroup: false, kind: 'text', ...pizza })).toBe(pizza.body)
  expect(phoneText({ inGroup: true, kind: 'auto_reply', ...pizza })).toBe(pizza.body)
})

test('a picture without words still says who sent it', () => {
  expect(phoneText({ inGroup: true, kind: 'text', authorName: 'John', body: '' })).toBe('John:')
})

test('a text that fits stays whole', () => {
  expect(splitText('a'.repeat(1600))).toEqual(['a'.repeat(1600)])
})

test('a longer one is cut at a space, and nothing of it is lost', () => {
  const words = 'word '.repeat(500).trim()
  const parts = splitText(words)
  expect(parts.every((part) => part.length <= 1600)).toBe(true)
  expect(parts.join(' ')).toBe(words)
})

test('without spaces it is cut between characters, never inside an emoji', () => {
  const parts = splitText('x'.repeat(1599) + '👋'.repeat(10))
  expect(parts.join('')).toBe('x'.repeat(1599) + '👋'.repeat(10))
  expect(parts[0]).toBe('x'.repeat(1599))
})
