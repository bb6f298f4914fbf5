import type { Db } from '@partyline/db/client'
import { sql } from 'drizzle-orm'
import { givenGroup } from '../support/given.ts'

export interface Group {
  name: string
  address: string
  members: string[]
  conversationId: string
}

const memberCount = 4
const phone = (index: number) => `+1415555${String(1000 + index)}`

/** Groups that share some of their members, so that one phone hears several conversations. */
export async function seedGroups(db: Db, count: number): Promise<Group[]> {
  const groups: Group[] = []
  for (let index = 0; index < count; index += 1) {
    const address = `+1555867${String(1000 + index)}`
    const members = Array.from({ length: memberCount }, (_, place) => phone(index * 3 + place))
    const names = Object.fromEntries(members.map((member) => [member, `M${member.slice(-2)}`]))
    const { conversationId } = await givenGroup(db, { address, members: names })
    groups.push({ name: `Group ${index + 1}`, address, members, conversationId })
  }
  // Faults are to be seen here, not Twilio's limits.
  await db.execute(sql`update lines set segments_per_second = 100`)
  return groups
}
