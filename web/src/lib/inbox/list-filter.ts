import type { Conversation, ConversationCounts } from '@partyline/contracts/api/conversations'
import { type Channel, channels } from '@partyline/contracts/channels'

export const views = [
  'open',
  'unread',
  'mine',
  'unassigned',
  'waiting',
  'scheduled',
  'snoozed',
  'closed',
] as const
export type View = (typeof views)[number]

export const viewNames: Record<View, string> = {
  open: 'Open',
  unread: 'Unread',
  mine: 'Mine',
  unassigned: 'Unassigned',
  waiting: 'Waiting',
  scheduled: 'Scheduled',
  snoozed: 'Snoozed',
  closed: 'Closed',
}

/** Which conversations are listed: a view, narrowed by as many of the others as are set. */
export interface ListFilter {
  view: View
  channel: Channel | null
  lineId: string | null
  labelId: string | null
}

export const everythingOpen: ListFilter = {
  view: 'open',
  channel: null,
  lineId: null,
  labelId: null,
}

/** What stands behind a view's name; nothing for those that are not counted. */
export function countOf(view: View, counts: ConversationCounts | undefined): number | undefined {
  return view === 'closed' ? undefined : counts?.[view]
}

const viewQueries = {
  open: { status: 'open', begun: 'true' },
  unread: { status: 'open', unread: 'true' },
  mine: { status: 'open', begun: 'true', assignee: 'me' },
  unassigned: { status: 'open', begun: 'true', assignee: 'none' },
  waiting: { status: 'open', waiting: 'true' },
  scheduled: { scheduled: 'true' },
  snoozed: { status: 'snoozed' },
  closed: { status: 'closed' },
} as const

export function queryOf({ view, channel, lineId, labelId }: ListFilter) {
  return {
    ...viewQueries[view],
    ...(channel && { channel }),
    ...(lineId && { lineId }),
    ...(labelId && { labelId }),
  }
}

/** What the api would answer about this one, as far as a browser can tell: the same rules again. */
export function belongs(conversation: Conversation, filter: ListFilter, userId: string): boolean {
  const { status, begun, unread, assigneeId, waitingSince, nextSendAt } = conversation
  const { channel, line, labelIds } = conversation
  const isOpen = status === 'open' && begun
  const inView: Record<View, boolean> = {
    open: isOpen,
    unread: isOpen && unread > 0,
    mine: isOpen && assigneeId === userId,
    unassigned: isOpen && assigneeId === null,
    waiting: isOpen && waitingSince !== null,
    scheduled: nextSendAt !== null,
    snoozed: status === 'snoozed',
    closed: status === 'closed',
  }
  return (
    inView[filter.view] &&
    (filter.channel === null || channel === filter.channel) &&
    (filter.lineId === null || line?.id === filter.lineId) &&
    (filter.labelId === null || labelIds.includes(filter.labelId))
  )
}

/** The place of a conversation in a list: by time, then by id, as the api sorts. */
export function compareIn({ view }: ListFilter): (a: Conversation, b: Conversation) => number {
  if (view === 'waiting' || view === 'scheduled') {
    const by = view === 'waiting' ? 'waitingSince' : 'nextSendAt'
    return (a, b) => (a[by] ?? '').localeCompare(b[by] ?? '') || a.id.localeCompare(b.id)
  }
  return (a, b) => b.lastMessageAt.localeCompare(a.lastMessageAt) || b.id.localeCompare(a.id)
}

/** As it stands in an address: `?view=mine&channel=sms`. */
export function searchOf({ view, channel, lineId, labelId }: ListFilter): string {
  const search = new URLSearchParams()
  if (view !== 'open') search.set('view', view)
  if (channel) search.set('channel', channel)
  if (lineId) search.set('line', lineId)
  if (labelId) search.set('label', labelId)
  return search.size === 0 ? '' : `?${search.toString()}`
}

/** Undefined when the address says nothing about the list. What it says wrongly is left out. */
export function readSearch(search: Pick<URLSearchParams, 'has' | 'get'>): ListFilter | undefined {
  const names = ['view', 'channel', 'line', 'label']
  if (!names.some((name) => search.has(name))) return undefined
  return {
    view: views.find((view) => view === search.get('view')) ?? 'open',
    channel: channels.find((channel) => channel === search.get('channel')) ?? null,
    lineId: search.get('line'),
    labelId: search.get('label'),
  }
}
