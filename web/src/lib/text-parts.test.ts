import { expect, test } from 'vitest'
import { splitLinks } from './text-parts.ts'

test('http and https addresses become links, and the text around them stays text', () => {
  expect(splitLinks('see https://example.org/a?b=1, or http://x.test!')).toEqual([
    { text: 'see ' },
    { text: 'https://example.org/a?b=1', href: 'https://example.org/a?b=1' },
    { text: ', or ' },
    { text: 'http://x.test', href: 'http://x.test/' },
    { text: '!' },
  ])
})

test('a bracket that belongs to the address stays in the link', () => {
  expect(splitLinks('(https://example.org/a_(b))').map(({ text }) => text)).toEqual([
    '(',
    'https://example.org/a_(b)',
    ')',
  ])
})

test.each(['javascript:alert(1)', 'data:text/html,x', '<a href="x">y</a>', 'ftp://example.org'])(
  '%s stays plain text',
  (body) => {
    expect(splitLinks(body)).toEqual([{ text: body }])
  },
)

test('mail addresses and numbers with their country become links, other numbers stay text', () => {
  const links = (body: string) => splitLinks(body).flatMap(({ href }) => href ?? [])

  expect(links('Write to mara@example.org or call +1 (415) 555-0131.')).toEqual([
    'mailto:mara@example.org',
    'tel:+14155550131',
  ])
  expect(links('tel:+4915112345678 mailto:a@b.de')).toEqual(['tel:+4915112345678', 'mailto:a@b.de'])
  expect(links('order 4155550131, 12.50 + 3 @home, 1+14155550131')).toEqual([])
})
