import type { AuditEntry } from '@partyline/contracts/api/audit'
import { expect, test } from 'vitest'
import { moreOf, sentenceOf } from './audit-words.ts'

const entry = (given: Partial<AuditEntry>): AuditEntry => ({
  ...{ id: '1', at: '2026-11-21T12:00:00Z', action: 'contact.deleted', user: null },
  ...{ subject: '7', ip: null, details: {}, names: {} },
  ...given,
})

test.each([
  ['contact.deleted', {}, 'Deleted the contact Ben'],
  ['conversation.deleted', { kind: 'direct' }, 'Deleted the conversation with Ben'],
  ['conversation.deleted', { kind: 'group' }, 'Deleted the group Ben'],
  ['label.deleted', {}, 'Deleted the label Ben'],
  ['saved_reply.deleted', {}, 'Deleted the saved reply Ben'],
  ['token.revoked', {}, 'Revoked the API token Ben'],
] as const)('%s %j says what it was called', (action, details, sentence) => {
  expect(sentenceOf(entry({ action, details, names: { 7: 'Ben' } }))).toBe(sentence)
})

test.each([
  ['contact.deleted', { kind: 'direct' }, 'Deleted a contact'],
  ['conversation.deleted', { kind: 'group' }, 'Deleted a group'],
  ['conversation.deleted', { kind: 'web' }, 'Deleted a conversation'],
  ['contact.merged', { mergedId: '8' }, 'Merged another contact into a deleted contact'],
] as const)('%s of what nobody may name is told without', (action, details, sentence) => {
  expect(sentenceOf(entry({ action, details }))).toBe(sentence)
})

test.each([
  ['contacts.import_undone', { removed: 38 }, 'Undid an import: 38 contacts deleted'],
  ['contacts.import_undone', { removed: 0, renamedBack: 2 }, 'Undid an import of contacts'],
  [
    'contacts.import_undone',
    { removed: 2, groupId: '9' },
    'Undid an import into a deleted group: 2 contacts deleted',
  ],
  ['contacts.import_undone', { removed: 0, groupId: '9' }, 'Undid an import into a deleted group'],
  ['contacts.import_undone', { removed: 1 }, 'Undid an import: 1 contact deleted'],
  ['delivery.retried', { cause: 'send_cap', deliveries: 4 }, 'Sent again what was held'],
  ['delivery.retried', { deliveries: 4 }, 'Sent a text again to whom it had failed'],
  ['delivery.retried', {}, 'Sent a text to one person again'],
] as const)('%s %j says which of its kinds it was', (action, details, sentence) => {
  expect(sentenceOf(entry({ action, details }))).toBe(sentence)
})

test.each([
  ['contacts.imported', { created: 3, renamed: 1 }, '3 added · 1 renamed'],
  ['contacts.import_undone', { removed: 3, renamedBack: 0 }, ''],
  ['contacts.import_undone', { removed: 0, renamedBack: 2 }, '2 have their old names back'],
] as const)('%s %j says how many names it changed', (action, details, more) => {
  expect(moreOf(entry({ action, details, subject: null }))).toBe(more)
})

test('who was merged into whom is told', () => {
  const details = { mergedId: '8', name: 'Benny' }
  const merged = entry({ action: 'contact.merged', details, names: { 7: 'Ben', 8: 'Benny' } })
  expect(sentenceOf(merged)).toBe('Merged Benny into Ben')
})

test('of a group it is told what is different', () => {
  const changed = ['name', 'announce']
  const of = entry({ action: 'group.changed', details: { changed }, names: { 7: 'Crew' } })
  expect(sentenceOf(of)).toBe('Changed Crew: its name and whether comings and goings are texted')
})
