import { expect, test } from 'vitest'
import { createApi } from '../api.ts'
import { DraftsState, type KeptDraft } from './drafts.svelte.ts'
import { InboxState } from './inbox.svelte.ts'
import { NewConversationState } from './new-conversation.svelte.ts'
import { Outbox } from './outbox.svelte.ts'
import { sampleConversation, sampleLine } from './samples.ts'

const id = '7b1c2f9e-1d1a-4c55-8a52-0c7c4f3ab001'
const store = () => ({ getItem: () => null, setItem: () => undefined, removeItem: () => undefined })
const error = { code: 'contact_opted_out', message: 'opted out', requestId: 'r' }

/** A first text for somebody whose conversation is there already; it is refused. */
function given(answer = async () => Response.json({ error }, { status: 409 })) {
  const keys: string[] = []
  const api = createApi(async (url, { body }) => {
    if (!url.endsWith('/messages'))
      return Response.json(sampleConversation({ id }), { status: 201 })
    keys.push((JSON.parse(body as string) as { clientKey: string }).clientKey)
    return answer()
  })
  const drafts = new DraftsState(store(), 'me')
  const inbox = new InboxState({ api, userId: 'me', drafts })
  const lines = { items: [sampleLine({})] }
  const to = '+15550100001'
  const draft = new NewConversationState({ api, inbox, lines, to, storage: store() })
  return { api, drafts, draft, keys }
}

test('a first text that was not taken is kept in front of what was written there before', async () => {
  const { drafts, draft } = given()
  drafts.set(id, { text: 'half a sentence', note: false, files: [] })
  draft.text = 'Hello'

  expect(await draft.start()).toMatchObject({ first: 'kept', reason: 'Opted out.' })
  expect(drafts.get(id)?.text).toBe('Hello\nhalf a sentence')
})

test('a first text that was not taken goes into the box that is open behind the dialog', async () => {
  const { drafts, draft } = given()
  const taken: KeptDraft[] = []
  drafts.write(id, (back) => taken.push(back))
  draft.text = 'Hello'

  await draft.start()

  expect(taken).toMatchObject([{ text: 'Hello' }])
})

test('where there is no first text none is said to be lost', async () => {
  const { drafts, draft } = given()
  drafts.set(id, { text: 'half a sentence', note: false, files: [] })

  expect(await draft.start()).toMatchObject({ first: 'none' })
})

test('a first text without an answer may have been sent: it is tried again under the same key', async () => {
  const { api, drafts, draft, keys } = given(() => Promise.reject(new TypeError('network')))
  draft.text = 'Hello'

  expect(await draft.start()).toMatchObject({ first: 'kept', unsure: true })
  const kept = drafts.get(id)
  const outbox = new Outbox({
    ...{ api, conversationId: id, onsent: () => undefined, onlate: () => undefined },
  })
  if (kept?.tried) outbox.recall(kept.tried)
  await outbox.send({ body: 'Hello', media: [] })
  await outbox.send({ body: 'Hello again', media: [] })

  expect(keys[1]).toBe(keys[0])
  expect(keys[2]).not.toBe(keys[0])
})
