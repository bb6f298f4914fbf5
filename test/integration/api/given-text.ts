import { findOrCreateContact, findOrCreateDirect } from '@partyline/db/queries/find-or-create'
import { postMessage } from '@partyline/db/queries/post-message'
import type { Stack } from '../../support/stack.ts'

/** A text from outside, as the dispatcher takes it in. Returns its conversation's id. */
export async function givenText({ db }: Stack, lineId: string, address: string, body = 'Hello') {
  return db.transaction(async (tx) => {
    const { contactId } = await findOrCreateContact(tx, { address })
    const { conversationId } = await findOrCreateDirect(tx, { lineId, address, contactId })
    await postMessage(tx, {
      ...{ conversationId, kind: 'text', direction: 'inbound', body },
      author: { kind: 'contact', id: contactId, name: address, address },
    })
    return conversationId
  })
}
