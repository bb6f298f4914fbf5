import { expect, test } from 'vitest'
import { undoneWords, undoWords } from './undo-words.ts'

test.each([
  [3, 1, 'Undoing it deletes 3 contacts and gives 1 its old name back.'],
  [1, 0, 'Undoing it deletes 1 contact.'],
  [0, 2, 'Undoing it gives 2 contacts their old names back.'],
])('before %i are deleted and %i named as before, so it is said', (untouched, renamed, words) => {
  expect(undoWords({ untouched, renamed })).toBe(words)
})

test.each([
  [3, 1, '3 contacts deleted, 1 has its old name back'],
  [1, 0, '1 contact deleted'],
  [0, 1, '1 contact has its old name back'],
  [0, 0, 'Nothing was left to undo'],
])('when %i were deleted and %i named as before, so it is said', (removed, renamedBack, words) => {
  expect(undoneWords({ removed, renamedBack })).toBe(words)
})
