import { expect, test } from 'vitest'
import { createApi } from '../api.ts'
import { GroupsState } from './groups.svelte.ts'

const id = '7b1c2f9e-1d1a-4c55-8a52-0c7c4f3ab001'

test('a group whose number is not with the simulated phones yet goes on there, and is made once', async () => {
  let made = 0
  const api = createApi(async () => {
    made += 1
    return Response.json({
      ...{ id, conversationId: id, name: 'Crew', lineId: id, lineAddress: '+12125550100' },
      ...{ adminName: 'Admin', announce: true, pausedAt: null, memberCount: 0 },
      createdAt: '2026-11-21T09:00:00.000Z',
    })
  })
  let tries = 0
  const simulate = async () => {
    tries += 1
    if (tries === 1) throw new Error('away')
  }
  const groups = new GroupsState({ api, lines: { simulate } })
  const create = () => groups.create('Crew', { address: '(212) 555-0100' })

  await expect(create()).rejects.toThrow('away')
  expect((await create()).lineAddress).toBe('+12125550100')
  expect([made, tries]).toEqual([1, 2])
})
