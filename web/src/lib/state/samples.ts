import type { Conversation } from '@partyline/contracts/api/conversations'
import type { Line } from '@partyline/contracts/api/lines'
import type { Message } from '@partyline/contracts/api/messages'

/** Whole things for tests, of which a test names only what it is about. */
export function sampleConversation(given: Partial<Conversation>): Conversation {
  return {
    id: 'c1',
    kind: 'direct',
    status: 'open',
    visibility: 'shared',
    ownerId: null,
    assigneeId: null,
    begun: true,
    name: 'Ann',
    contact: null,
    address: '+15550100001',
    displayAddress: '(555) 010-0001',
    channel: 'sms',
    line: null,
    labelIds: [],
    snoozedUntil: null,
    waitingSince: null,
    nextSendAt: null,
    optedOut: false,
    unreachable: false,
    memberCount: 0,
    pausedAt: null,
    unread: 0,
    lastMessage: null,
    lastMessageAt: '2026-11-21T09:00:00.000Z',
    createdAt: '2026-11-21T08:00:00.000Z',
    ...given,
  }
}

export function sampleMessage(given: Partial<Message>): Message {
  return {
    id: `m${given.seq ?? 1}`,
    conversationId: 'c1',
    seq: 1,
    kind: 'text',
    direction: 'inbound',
    author: { kind: 'contact', id: 'ann', name: 'Ann', address: '+15550100001' },
    body: 'hello',
    template: null,
    media: [],
    origin: null,
    location: null,
    deliveries: { total: 0, queued: 0, sent: 0, delivered: 0, failed: 0, unknown: 0 },
    delivery: null,
    held: null,
    sendAt: null,
    clientKey: null,
    twilioSid: null,
    createdAt: '2026-11-21T09:00:00.000Z',
    ...given,
  }
}

export function sampleLine(given: Partial<Line>): Line {
  return {
    id: 'l1',
    address: '+12125550100',
    displayAddress: '(212) 555-0100',
    channel: 'sms',
    name: 'Office',
    mode: 'inbox',
    autoReply: null,
    hours: null,
    awayReply: null,
    segmentsPerSecond: null,
    pausedAt: null,
    pausedFor: null,
    createdAt: '2026-11-21T08:00:00.000Z',
    ...given,
  }
}
