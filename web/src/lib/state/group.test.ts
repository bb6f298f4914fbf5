import type { Group } from '@partyline/contracts/api/groups'
import { expect, test } from 'vitest'
import { createApi } from '../api.ts'
import { GroupState } from './group.svelte.ts'

const id = '7b1c2f9e-1d1a-4c55-8a52-0c7c4f3ab001'
const group: Group = {
  ...{ id, conversationId: id, name: 'Crew', lineId: id, lineAddress: '+12125550100' },
  ...{ adminName: 'Admin', announce: true, pausedAt: null, memberCount: 2 },
  createdAt: '2026-11-21T09:00:00.000Z',
}
const told = (change: Partial<Group>) =>
  ({ cursor: '1', type: 'group.changed', group: { ...group, ...change } }) as const

/** A group that is known, and an api whose next answer the test gives. */
function given() {
  const answer = Promise.withResolvers<Response>()
  const state = new GroupState(
    createApi(() => answer.promise),
    id,
  )
  state.apply(told({}))
  const error = { code: 'internal', message: 'no', requestId: 'r' }
  const refuse = () => answer.resolve(Response.json({ error }, { status: 500 }))
  return { state, refuse, reply: (known: Group) => answer.resolve(Response.json(known)) }
}

test('a group that could not be paused is shown as it is', async () => {
  const { state, refuse } = given()

  const changing = state.change({ paused: true })
  expect(state.now?.pausedAt).not.toBe(null)
  refuse()

  await expect(changing).rejects.toThrow('no')
  expect(state.now?.pausedAt).toBe(null)
})

test('what the feed told since a group was asked for stays', async () => {
  const { state, reply } = given()

  const loading = state.load()
  state.apply(told({ name: 'New crew' }))
  reply(group)
  await loading

  expect(state.now?.name).toBe('New crew')
})
