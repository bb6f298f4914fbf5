import { expect, test } from 'vitest'
import { createApi } from '../api.ts'
import type { KeptDraft } from '../state/drafts.svelte.ts'
import { sampleConversation } from '../state/samples.ts'
import { Outbox } from '../state/outbox.svelte.ts'
import { giveBack } from './give-back.ts'

/** What is told and kept of a text that was left on its way. */
async function given(answer: () => Promise<Response>) {
  const outbox = new Outbox({
    api: createApi(answer),
    ...{ conversationId: 'c1', onsent: () => undefined, onlate: () => undefined },
  })
  await outbox.send({ body: 'hi', media: [] })
  const told: { text: string; action?: string | undefined }[] = []
  const kept: KeptDraft[] = []
  const drafts = { isOver: false, giveBack: (_id: string, draft: KeptDraft) => !!kept.push(draft) }
  giveBack(
    { text: 'hi', note: false, files: [] },
    {
      thread: { id: 'c1', conversation: sampleConversation({}), outbox },
      inbox: { drafts },
      toasts: {
        say: () => undefined,
        fail: (text, action) => told.push({ text, action: action?.label }),
      },
    },
  )
  return { told, kept, key: outbox.unsent?.clientKey }
}

test('the words of a text whose conversation is gone can be copied, and are not said to be a draft', async () => {
  const error = { code: 'not_found', message: 'no such conversation', requestId: 'r' }
  const { told, kept } = await given(async () => Response.json({ error }, { status: 404 }))

  const text = 'Not sent to Ann: the conversation is not there any more.'
  expect(told).toEqual([{ text, action: 'Copy the text' }])
  expect(kept).toEqual([])
})

test('a text that got no answer is kept as a draft with its key', async () => {
  const { told, kept, key } = await given(() => Promise.reject(new TypeError('network')))

  expect(told).toMatchObject([
    { text: expect.stringMatching(/It is kept as a draft\.$/) as string },
  ])
  expect(kept).toMatchObject([{ text: 'hi', tried: { body: 'hi', clientKey: key } }])
})
