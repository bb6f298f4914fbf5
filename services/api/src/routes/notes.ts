import { noteEndpoints } from '@partyline/contracts/api/notes'
import { writeNote } from '@partyline/db/queries/write-note'
import { viewMessages } from '@partyline/db/views/message'
import { at } from '@partyline/kit/http'
import { callerOf } from '../access.ts'
import type { Routes } from '../deps.ts'
import { theOne } from '../present.ts'

export const noteRoutes: Routes = (http, { db, rings }) => {
  http.route({
    ...at(noteEndpoints.write),
    async handler(request, reply) {
      const { user } = callerOf(request)
      const note = { conversationId: request.params.id, user, ...request.body }
      const id = await db.transaction((tx) => writeNote(tx, note))
      rings.changed()
      return reply.code(201).send(theOne(await viewMessages(db, [id], user.id), id, 'note'))
    },
  })
}
