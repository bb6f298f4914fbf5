import type { Member } from '@partyline/contracts/api/groups'
import { expect, test } from 'vitest'
import { createApi } from '../api.ts'
import { MembersState } from './members.svelte.ts'

const ben: Member = {
  id: 'm1',
  conversationId: 'g1',
  kind: 'contact',
  contactId: 'c1',
  userId: null,
  name: 'Ben',
  address: '+17735550112',
  displayAddress: '(773) 555-0112',
  optedOut: false,
  unreachable: false,
  joinedAt: '2026-11-21T09:00:00.000Z',
}

function given() {
  const feed = {
    listen: () => () => true,
    follow: () => ({ following: Promise.resolve(), unfollow: () => undefined }),
  }
  const api = createApi(() => Promise.reject(new TypeError('network')))
  return new MembersState('g1', { api, feed })
}

test('a member who texts STOP and then START is shown so as the feed tells it, in this group alone', () => {
  const members = given()
  const tell = (member: Member) => members.apply({ cursor: '1', type: 'member.changed', member })

  tell({ ...ben, optedOut: true })
  tell({ ...ben, id: 'm2', conversationId: 'g2' })
  expect(members.items.map(({ optedOut }) => optedOut)).toEqual([true])

  tell(ben)
  expect(members.items.map(({ optedOut }) => optedOut)).toEqual([false])
})
