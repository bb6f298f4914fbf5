import { contactEndpoints } from '@partyline/contracts/api/contacts'
import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { groupEndpoints } from '@partyline/contracts/api/groups'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import type { ApiClient } from '@partyline/cli/demo/api-client'
import { expect } from 'vitest'
import { runProduct } from '../support/run-product.ts'
import { test } from '../support/stack.ts'

const everything = async (api: ApiClient) => ({
  open: (await api.call(conversationEndpoints.list)).items.map(({ name }) => name),
  contacts: (await api.call(contactEndpoints.list)).items.length,
})

test('B27: a first start shows a group with a picture and an inbox of both channels; a second start adds nothing', async ({
  stack,
}) => {
  let before: unknown
  {
    await using product = await runProduct(stack, { demo: true })
    const api = await product.signIn()
    before = await everything(api)
    const [group] = (await api.call(groupEndpoints.list)).items
    expect(group).toMatchObject({ name: 'Conference', memberCount: 4 })
    const params = { id: group?.id ?? '' }
    const { items } = await api.call(messageEndpoints.list, { params })
    const directions = new Set(items.map(({ direction }) => direction))
    expect([...directions].sort()).toEqual(['inbound', 'outbound'])
    expect(items.some(({ media }) => media.length > 0)).toBe(true)
    const { items: open } = await api.call(conversationEndpoints.list)
    expect(new Set(open.map(({ channel }) => channel))).toEqual(new Set(['sms', 'whatsapp']))
    expect(open.some(({ unread }) => unread > 0)).toBe(true)
  }

  await using product = await runProduct(stack, { demo: true })
  expect(await everything(await product.signIn())).toEqual(before)
})
