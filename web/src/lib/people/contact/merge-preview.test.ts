import type { ContactDetails } from '@partyline/contracts/api/contacts'
import { expect, test } from 'vitest'
import { lossesOf } from './losses.ts'
import { mergePreview } from './merge-preview.ts'

type Group = ContactDetails['groups'][number]

function given(
  name: string | null,
  displayAddress: string,
  { groups = [], threads = [] }: { groups?: string[]; threads?: ('shared' | 'private')[] } = {},
) {
  return {
    contact: { name, addresses: [{ address: '', displayAddress, channel: 'sms' }] },
    groups: groups.map((group) => ({ groupId: group, name: group }) as Group),
    conversations: threads.map((visibility) => ({ visibility })),
  } as unknown as ContactDetails
}

test('what two contacts bring together is said before they are merged', () => {
  const mara = given('Mara', '(206) 555-0101', { groups: ['Choir'], threads: ['shared'] })
  const other = given('M. Ruiz', '(206) 555-0102', { groups: ['Choir'], threads: ['shared'] })

  expect(mergePreview(mara, other)).toEqual([
    'The name stays Mara. “M. Ruiz” goes, but not from what was said.',
    'Numbers: (206) 555-0101, (206) 555-0102.',
    '2 conversations, side by side.',
    'The places in “Choir” come along.',
    'Both are in “Choir”: both numbers stay members.',
  ])
  expect(mergePreview(given(null, '1'), given('Mara', '2'))[0]).toBe('The name is Mara.')
})

test('what was private until now is said to be seen by everybody afterwards', () => {
  const mine = given('Mara', '1', { threads: ['private'] })
  const shared = given('Mara', '2', { threads: ['shared'] })

  expect(mergePreview(mine, shared).at(-1)).toContain('seen by everybody')
  expect(mergePreview(mine, mine).at(-1)).not.toContain('seen by everybody')
})

test('what goes with a contact is said before it is deleted', () => {
  expect(lossesOf(given('Mara', '1', { groups: ['Choir'], threads: ['shared', 'shared'] }))).toBe(
    'Their 2 conversations and all messages in them are deleted. They leave “Choir”, which is announced there where that is switched on. This cannot be undone.',
  )
  expect(lossesOf(given('Mara', '1'))).toBe('This cannot be undone.')
})
