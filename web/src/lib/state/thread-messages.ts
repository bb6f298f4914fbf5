import type { Message } from '@partyline/contracts/api/messages'

/** A text on its way to the api: shown at once, replaced by the message when the reply or the feed brings it. */
export interface Outgoing {
  clientKey: string
  body: string
  media: Message['media']
  createdAt: string
}

/** Texts stand at the sides, colleagues' notes on ours; what merely happened stands between. */
export type Side = 'own' | 'other' | 'note' | 'announcement' | 'event'

/** One bubble with what its neighbours decide: a day above it, a name on it, whether it ends its run. */
export interface Row {
  key: string
  side: Side
  author: string
  /** Whether the name is drawn; it is always there for who listens. */
  showsAuthor: boolean
  /** The first of its day has it. */
  day: string | null
  /** The first that was unread when the thread was opened. */
  isFirstUnread: boolean
  startsRun: boolean
  endsRun: boolean
  createdAt: string
  body: string
  media: Message['media']
  message: Message | null
}

interface Viewer {
  userId: string
  /** Whether the thread is between several people, so that others' bubbles carry names. */
  namesOthers: boolean
  /** What the only other one is called now, whatever they were called when they wrote. */
  other?: string | undefined
  /** `web` conversations have no phone side: only what I wrote is mine. */
  isWeb: boolean
  firstUnread?: number | undefined
}

const runMs = 5 * 60_000

export function toRows(
  messages: readonly Message[],
  outgoing: readonly Outgoing[],
  viewer: Viewer,
): Row[] {
  const plain = [
    ...messages.map((message) => fromMessage(message, viewer)),
    ...outgoing.map(fromOutgoing),
  ]
  return plain.map((row, index) => {
    const before = plain[index - 1]
    const after = plain[index + 1]
    const isFirstUnread = isUnread(row, viewer)
    const startsRun = !before || isFirstUnread || !continues(before, row)
    return {
      ...row.shown,
      showsAuthor: startsRun && row.shown.showsAuthor,
      day: before && dayOf(before) === dayOf(row) ? null : row.shown.createdAt,
      isFirstUnread,
      startsRun,
      endsRun: !after || isUnread(after, viewer) || !continues(row, after),
    }
  })
}

const isUnread = ({ shown }: Plain, { firstUnread }: Viewer) =>
  firstUnread !== undefined && shown.message?.seq === firstUnread

interface Plain {
  shown: Omit<Row, 'day' | 'isFirstUnread' | 'startsRun' | 'endsRun'>
  by: string
}

function fromMessage(message: Message, viewer: Viewer): Plain {
  const { author, createdAt, body, media } = message
  const mine = author.kind === 'user' && author.id === viewer.userId
  const side = sideOf(message, viewer, mine)
  const named = side === 'other' ? viewer.namesOthers : side === 'note' || (side === 'own' && !mine)
  return {
    by: `${side} ${author.kind} ${author.id ?? author.address ?? author.name}`,
    shown: {
      // The same key as the outgoing text had, so that its bubble stays the same element.
      key: message.clientKey ?? message.id,
      author: mine ? 'You' : side === 'other' ? (viewer.other ?? author.name) : author.name,
      showsAuthor: named,
      ...{ side, createdAt, body, media, message },
    },
  }
}

function sideOf(message: Message, viewer: Viewer, mine: boolean): Side {
  const { kind } = message
  if (kind === 'announcement' || kind === 'event' || kind === 'note') return kind
  if (viewer.isWeb) return mine ? 'own' : 'other'
  return message.direction === 'outbound' ? 'own' : 'other'
}

function fromOutgoing({ clientKey, body, media, createdAt }: Outgoing): Plain {
  const shown = {
    key: clientKey,
    side: 'own',
    author: 'You',
    showsAuthor: false,
    message: null,
  } as const
  return { by: 'outgoing', shown: { ...shown, body, media, createdAt } }
}

function dayOf({ shown }: Plain): string {
  return new Date(shown.createdAt).toDateString()
}

const isBetween = ({ shown: { side } }: Plain) => side === 'announcement' || side === 'event'

function continues(before: Plain, row: Plain): boolean {
  if (isBetween(row) || isBetween(before) || dayOf(before) !== dayOf(row)) return false
  const pause = Date.parse(row.shown.createdAt) - Date.parse(before.shown.createdAt)
  // A text on its way joins what its author wrote just before, whoever that reply will say it was.
  const sameAuthor = row.by === 'outgoing' ? before.shown.side === 'own' : before.by === row.by
  return sameAuthor && pause < runMs
}
