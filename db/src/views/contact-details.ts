import type { ContactDetails } from '@partyline/contracts/api/contacts'
import { formatAddress } from '@partyline/contracts/phone'
import { explainTwilioError } from '@partyline/contracts/twilio-errors'
import type { Db } from '../client.ts'
import {
  findOrigin,
  listContactGroups,
  listContactThreads,
  listOptOuts,
  listSameName,
  listUnreachable,
} from '../queries/contact-details.ts'
import { listMerges } from '../queries/merge-contacts.ts'
import { viewContacts } from './contact.ts'
import { viewConversations } from './conversation.ts'

/** Undefined when there is no such contact that the viewer may see. */
export async function viewContactDetails(
  db: Db,
  asked: { contactId: string; viewerId: string },
): Promise<ContactDetails | undefined> {
  const { contactId, viewerId } = asked
  const contact = (await viewContacts(db, [contactId], viewerId)).get(contactId)
  if (!contact) return undefined
  const [threads, groups, optOuts, unreachable, origin, sameName, merges] = await Promise.all([
    listContactThreads(db, asked),
    listContactGroups(db, contactId),
    listOptOuts(db, contactId),
    listUnreachable(db, contactId),
    findOrigin(db, asked),
    listSameName(db, asked),
    listMerges(db, contactId),
  ])
  const [conversations, others] = await Promise.all([
    viewConversations(db, threads, viewerId),
    viewContacts(db, sameName, viewerId),
  ])
  return {
    contact,
    conversations: threads.flatMap((id) => conversations.get(id) ?? []),
    groups: groups.map((row) => ({
      ...row,
      displayAddress: row.address && formatAddress(row.address),
      joinedAt: row.joinedAt.toISOString(),
    })),
    optOuts: optOuts.map(({ createdAt, endedAt, ...row }) => ({
      ...row,
      displayAddress: formatAddress(row.address),
      since: createdAt.toISOString(),
      endedAt: endedAt?.toISOString() ?? null,
    })),
    unreachable: unreachable.map(({ address, errorCode, since }) => ({
      address,
      since: since.toISOString(),
      reason: explainTwilioError(errorCode).reason,
    })),
    origin: origin
      ? {
          city: origin.city ?? '',
          state: origin.state ?? '',
          country: origin.country ?? '',
          at: origin.createdAt.toISOString(),
        }
      : null,
    sameName: sameName.flatMap((id) => others.get(id) ?? []),
    merges: merges.map(({ id, by, name, addresses, createdAt, undoneAt }) => ({
      ...{ id, by, name, addresses: addresses.map(formatAddress) },
      at: createdAt.toISOString(),
      undoneAt: undoneAt?.toISOString() ?? null,
    })),
  }
}
