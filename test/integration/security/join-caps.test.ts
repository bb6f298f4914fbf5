import { groupEndpoints } from '@partyline/contracts/api/groups'
import { expect } from 'vitest'
import { test } from '../api/running-api.ts'
import { givenThree, withLimits } from './capped-api.ts'

test('S42: announcements are counted too, and no cap keeps a member in', async ({
  stack,
  admin,
}) => {
  const { conversationId: id } = await givenThree(stack)
  await using api = await withLimits(stack, { perUser: 4 })
  const sender = admin.at(api.http)
  const add = (phone: string) =>
    sender.try(groupEndpoints.addMember, { id }, { name: 'Dan', phone })

  expect((await add('+14155550104')).status).toBe(201)
  expect((await add('+14155550105')).status).toBe(429)
  const [someone] = (await sender.call(groupEndpoints.members, { id })).items
  const params = { id, memberId: someone?.id ?? '' }
  expect((await sender.try(groupEndpoints.removeMember, params)).status).toBe(200)
})

test('S42: of two who join at once a group with one place left takes one', async ({
  stack,
  admin,
}) => {
  const { conversationId: id } = await givenThree(stack)
  await using api = await withLimits(stack, { groupSize: 4 })
  const sender = admin.at(api.http)

  const answers = await Promise.all(
    ['+14155550104', '+14155550105'].map((phone) =>
      sender.try(groupEndpoints.addMember, { id }, { name: 'Dan', phone }),
    ),
  )

  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 422])
  const refused = answers.find(({ status }) => status === 422)
  expect(refused?.code).toBe('group_full')
  expect(refused?.message).toBe(
    'A group has at most 4 members, and this one is full. Remove somebody first, or ask an administrator to raise the limit, which is listed in Settings under Connection.',
  )
  expect((await sender.call(groupEndpoints.members, { id })).items).toHaveLength(4)
})
