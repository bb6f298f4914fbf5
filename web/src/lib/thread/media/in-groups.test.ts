import type { Media } from '@partyline/contracts/api/messages'
import { expect, test } from 'vitest'
import { inGroups } from './in-groups.ts'

const media = (id: string, contentType: string): Media => ({
  ...{ id, contentType, url: `/media/${id}`, fileName: null, sizeBytes: null },
  ...{ width: null, height: null, state: 'stored' },
})

test('pictures that follow one another are one group, in their order', () => {
  const all = [
    media('a', 'image/png'),
    media('b', 'image/jpeg'),
    media('c', 'application/pdf'),
    media('d', 'audio/mpeg'),
    media('e', 'image/gif'),
  ]

  const ids = inGroups(all).map((group) => group.map(({ id }) => id).join(''))

  expect(ids).toEqual(['ab', 'c', 'd', 'e'])
  expect(inGroups([])).toEqual([])
})
