import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { groupEndpoints } from '@partyline/contracts/api/groups'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import { createDb } from '@partyline/db/client'
import { viewContacts } from '@partyline/db/views/contact'
import { viewConversations } from '@partyline/db/views/conversation'
import { viewDeliveries } from '@partyline/db/views/delivery'
import { viewGroups } from '@partyline/db/views/group'
import { viewLines } from '@partyline/db/views/line'
import { viewMembers } from '@partyline/db/views/member'
import { viewMessages } from '@partyline/db/views/message'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { expect } from 'vitest'
import { makeGroup, makeLine, test } from './running-api.ts'

const views = {
  contacts: viewContacts,
  conversations: viewConversations,
  deliveries: viewDeliveries,
  groups: viewGroups,
  lines: viewLines,
  members: viewMembers,
  messages: viewMessages,
}

test('twelve of a thing cost as many statements as one: nothing is read row by row', async ({
  stack,
  admin,
}) => {
  const group = await makeGroup(admin)
  const line = await makeLine(admin)
  for (let n = 10; n < 22; n += 1) {
    const phone = `+120655500${n}`
    await admin.call(groupEndpoints.addMember, { id: group.id }, { name: `M${n}`, phone })
    const body = { lineId: line.id, address: phone }
    const { id } = await admin.call(conversationEndpoints.create, {}, body)
    await admin.call(messageEndpoints.send, { id }, { body: 'Hello', clientKey: id })
  }
  let statements = 0
  const counted = postgres(stack.databaseUrl, {
    ...{ max: 1, fetch_types: false },
    debug: () => (statements += 1),
  })
  const db = createDb(counted)
  const cost = async (name: keyof typeof views, limit: number) => {
    const rows = await stack.db.execute<{ id: string }>(
      name === 'groups'
        ? sql`select conversation_id as id from groups`
        : sql`select id from ${sql.identifier(name)} order by id desc limit ${limit}`,
    )
    const ids = rows.map(({ id }) => id)
    statements = 0
    const found = await views[name](db, ids)
    expect([...found.keys()].toSorted(), name).toEqual(ids.toSorted())
    return statements
  }

  for (const name of Object.keys(views) as (keyof typeof views)[]) {
    expect(await cost(name, 12), name).toBe(await cost(name, 1))
  }
  await counted.end()
})
