import { expect, test } from 'vitest'
import { eventWords } from './event-words.ts'

test('of what happened it is said once who did it, whether or not the event says so itself', () => {
  const ana = { name: 'Ana', bySystem: false }

  expect(eventWords({ ...ana, body: 'Ana paused the group' })).toBe('Ana paused the group')
  expect(eventWords({ ...ana, body: 'has left the group' })).toBe('Ana has left the group')
  expect(eventWords({ name: 'Partyline', bySystem: true, body: 'the line was changed' })).toBe(
    'The line was changed',
  )
})
