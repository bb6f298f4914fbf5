import type { Conversation } from '@partyline/contracts/api/conversations'
import type { User } from '@partyline/contracts/api/session'
import { channelOf } from '@partyline/contracts/channels'
import { AppError } from '@partyline/contracts/errors'
import { contactIsVisible, listAddresses } from '@partyline/db/queries/contacts'
import { createWebConversation } from '@partyline/db/queries/conversations'
import { findLine } from '@partyline/db/queries/lines'
import { openDirect } from '@partyline/db/queries/open-direct'
import { countActiveUsers } from '@partyline/db/queries/users'
import type { RouteDeps } from './deps.ts'
import { forChannel, readRecipient, refuseOwnLine } from './phones.ts'
import { notFound } from './present.ts'

type With = { lineId: string; visibility?: Conversation['visibility'] | undefined } & (
  { address: string } | { contactId: string }
)

/** The thread of a line with an address, or with a contact on whatever address of theirs fits the line. */
export async function openConversation(
  { db, config }: RouteDeps,
  userId: string,
  given: With,
): Promise<string> {
  const line = await findLine(db, given.lineId)
  if (!line) throw notFound('line')
  const contactId = 'contactId' in given ? given.contactId : undefined
  if (contactId !== undefined && !(await contactIsVisible(db, contactId, userId))) {
    throw notFound('contact')
  }
  const address = forChannel(
    'address' in given
      ? readRecipient(given.address, config)
      : await addressOf(db, given.contactId, line.channel),
    line.channel,
  )
  await refuseOwnLine(db, address)
  const { conversationId } = await db.transaction((tx) =>
    openDirect(tx, { line, address, contactId, private: given.visibility === 'private', userId }),
  )
  return conversationId
}

async function addressOf(db: RouteDeps['db'], contactId: string, channel: string): Promise<string> {
  const theirs = (await listAddresses(db, contactId)).map(({ address }) => address)
  const fitting = theirs.find((address) => channelOf(address) === channel)
  const [first] = theirs
  if (first === undefined) throw notFound('address of this contact')
  return fitting ?? first
}

/** Between users: what is said there goes to nobody's phone. */
export async function startWebConversation(
  { db }: RouteDeps,
  maker: User,
  given: { name: string; userIds: string[] },
): Promise<string> {
  const userIds = [...new Set(given.userIds)]
  if ((await countActiveUsers(db, userIds)) < userIds.length) {
    throw new AppError('invalid_request', 'One of these users does not exist or is disabled.')
  }
  return createWebConversation(db, { name: given.name, userIds, maker })
}
