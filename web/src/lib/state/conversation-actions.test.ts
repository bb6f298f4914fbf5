import type { Conversation } from '@partyline/contracts/api/conversations'
import { expect, test } from 'vitest'
import { createApi } from '../api.ts'
import { ConversationActions } from './conversation-actions.ts'
import { sampleConversation } from './samples.ts'
import { ToastsState } from './toasts.svelte.ts'

const error = { code: 'internal', message: 'no', requestId: 'r' }
const ann = sampleConversation({ id: 'ann', unread: 2 })
const ben = sampleConversation({ id: 'ben', unread: 1 })

/** An inbox of two, and an api that answers when the test says so. */
function given() {
  const known = new Map([ann, ben].map((one) => [one.id, one]))
  const inbox = {
    get: (id: string) => known.get(id),
    put: (one: Conversation) => void known.set(one.id, one),
    counts: { changed: () => undefined },
  }
  const answer = Promise.withResolvers<Response>()
  const api = createApi(() => answer.promise)
  const actions = new ConversationActions({ api, inbox: inbox as never, toasts: new ToastsState() })
  return { actions, inbox, refuse: () => answer.resolve(Response.json({ error }, { status: 500 })) }
}

test('what was refused is taken back, but not what the feed has told meanwhile', async () => {
  const { actions, inbox, refuse } = given()

  const marking = actions.mark([ann, ben], true)
  expect([inbox.get('ann')?.unread, inbox.get('ben')?.unread]).toEqual([0, 0])
  inbox.put({ ...ann, unread: 3 })
  refuse()
  await marking

  expect([inbox.get('ann')?.unread, inbox.get('ben')?.unread]).toEqual([3, 1])
})

test('what came while somebody chose until when is not undone by what they chose', async () => {
  const { actions, inbox, refuse } = given()
  inbox.put({ ...ann, unread: 3 })

  const snoozing = actions.snooze([ann], '2036-11-23T09:00:00.000Z', 'later')
  expect(inbox.get('ann')).toMatchObject({ status: 'snoozed', unread: 3 })
  refuse()
  await snoozing

  expect(inbox.get('ann')).toMatchObject({ status: 'open', unread: 3 })
})
