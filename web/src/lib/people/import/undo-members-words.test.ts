import { expect, test } from 'vitest'
import { undoMembersWords, undoneMembersWords } from './undo-members-words.ts'

test.each([
  [
    { members: 3, staying: 1, contacts: 2, renamed: 1 },
    'Undoing it takes 3 members out, deletes 2 contacts that it made, and takes its name from 1 contact. 1 member stays: texted or changed since.',
  ],
  [
    { members: 1, staying: 0, contacts: 1, renamed: 0 },
    'Undoing it takes 1 member out and deletes 1 contact that it made.',
  ],
  [
    { members: 0, staying: 2, contacts: 1, renamed: 0 },
    'Undoing it deletes 1 contact that it made. 2 members stay: texted or changed since.',
  ],
])('what undoing a list of members will do, and who stays, is said: %o', (found, words) => {
  expect(undoMembersWords(found)).toBe(words)
})

test.each([
  [
    { left: 3, stayed: 1, removed: 2, renamedBack: 1 },
    '3 members taken out, 2 contacts deleted, and 1 contact nameless again. 1 member stays: texted or changed since',
  ],
  [{ left: 1, stayed: 0, removed: 0, renamedBack: 0 }, '1 member taken out'],
  [
    { left: 0, stayed: 2, removed: 0, renamedBack: 0 },
    'Nothing was left to undo. 2 members stay: texted or changed since',
  ],
])('what undoing it did, and who stayed, is said: %o', (done, words) => {
  expect(undoneMembersWords(done)).toBe(words)
})
