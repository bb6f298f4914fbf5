import type { Contact } from '@partyline/contracts/api/contacts'
import type { FeedEvent } from '@partyline/contracts/feed'
import type { Db } from '../client.ts'
import { viewContacts } from '../views/contact.ts'
import { viewConversations } from '../views/conversation.ts'
import { viewGroups } from '../views/group.ts'
import { viewLabels } from '../views/label.ts'
import { viewLines } from '../views/line.ts'
import { viewMembers } from '../views/member.ts'
import { viewMessages } from '../views/message.ts'
import {
  type Audience,
  conversationAudiences,
  everybody,
  insidersOf,
  stranger,
} from './audience.ts'
import { collapse } from './collapse.ts'
import { formatCursor } from './cursor.ts'
import type { ListedEvent } from './list-events.ts'

/** One change as it is told, and to whom. */
export interface Announcement {
  event: FeedEvent
  to: Audience
}

/**
 * Events with what they are about, as it is now, and who may know: the one place that decides it, for
 * the REST feed and for sockets. What no longer exists is left out; its own deletion follows.
 */
export async function announce(db: Db, events: ListedEvent[]): Promise<Announcement[]> {
  const collapsed = collapse(events)
  const subjects = await loadSubjects(db, collapsed)
  return collapsed.flatMap((event) => toAnnouncements(event, subjects))
}

async function loadSubjects(db: Db, events: ListedEvent[]) {
  const of = (...types: ListedEvent['type'][]) =>
    events.filter(({ type }) => types.includes(type)).map(({ subjectId }) => subjectId)
  const inConversations = events.flatMap(({ conversationId }) => conversationId ?? [])
  const changed = of('conversation.changed')
  const [audiences, conversations, messages, members, contacts, groups, lines, labels] =
    await Promise.all([
      conversationAudiences(db, [...new Set([...inConversations, ...changed])]),
      viewConversations(db, changed),
      viewMessages(db, of('message.created', 'message.changed')),
      viewMembers(db, of('member.changed')),
      viewContactsForAll(db, of('contact.changed')),
      viewGroups(db, of('group.changed')),
      viewLines(db, of('line.changed')),
      viewLabels(db, of('label.changed')),
    ])
  return { audiences, conversations, messages, members, contacts, groups, lines, labels }
}

type Subjects = Awaited<ReturnType<typeof loadSubjects>>

function toAnnouncements(row: ListedEvent, subjects: Subjects): Announcement[] {
  const { type, subjectId: id, conversationId } = row
  const cursor = formatCursor(row)
  const inside = subjects.audiences.get(conversationId ?? id)
  const tell = (event: FeedEvent | undefined, to: Audience | undefined) =>
    event && to ? [{ event, to }] : []
  switch (type) {
    case 'conversation.changed': {
      const conversation = subjects.conversations.get(id)
      return tell(conversation && { cursor, type, conversation }, subjects.audiences.get(id))
    }
    case 'message.created':
    case 'message.changed': {
      const message = subjects.messages.get(id)
      return tell(message && { cursor, type, message }, inside)
    }
    case 'member.changed': {
      const member = subjects.members.get(id)
      return tell(member && { cursor, type, member }, inside)
    }
    case 'scheduled.changed':
      return conversationId ? tell({ cursor, type, conversationId }, inside) : []
    case 'member.removed':
      return conversationId ? tell({ cursor, type, id, conversationId }, inside) : []
    case 'contact.changed':
      return subjects.contacts.flatMap(({ views, to }) => {
        const contact = views.get(id)
        return tell(contact && { cursor, type, contact }, to)
      })
    case 'conversation.deleted':
    case 'contact.deleted':
      return tell({ cursor, type, id }, row.ownerId === null ? everybody : { only: [row.ownerId] })
    case 'group.changed': {
      const group = subjects.groups.get(id)
      return tell(group && { cursor, type, group }, everybody)
    }
    case 'system.changed':
      return tell({ cursor, type }, everybody)
    case 'line.changed': {
      const line = subjects.lines.get(id)
      return tell(line && { cursor, type, line }, everybody)
    }
    case 'label.changed': {
      const label = subjects.labels.get(id)
      return tell(label && { cursor, type, label }, everybody)
    }
    case 'label.deleted':
      return tell({ cursor, type, id }, everybody)
    case 'pruned':
      return []
  }
}

/** A contact looks different to those with a private side to it: one view for each of them, one for the rest. */
async function viewContactsForAll(
  db: Db,
  ids: string[],
): Promise<{ views: Map<string, Contact>; to: Audience }[]> {
  const insiders = await insidersOf(db, ids)
  return Promise.all([
    viewContacts(db, ids, stranger).then((views) => ({ views, to: { allBut: insiders } })),
    ...insiders.map(async (userId) => ({
      views: await viewContacts(db, ids, userId),
      to: { only: [userId] },
    })),
  ])
}
