import { lineEndpoints } from '@partyline/contracts/api/lines'
import { AppError } from '@partyline/contracts/errors'
import { recordAudit } from '@partyline/db/queries/audit'
import { changeLine, listLines } from '@partyline/db/queries/lines'
import { viewLines } from '@partyline/db/views/line'
import { at } from '@partyline/kit/http'
import { actorOf } from '../actor.ts'
import { addNewLine } from '../add-line.ts'
import type { Routes } from '../deps.ts'
import { readLineAddress } from '../phones.ts'
import { inOrder, notFound, theOne } from '../present.ts'

export const lineRoutes: Routes = (http, { db, config, rings }) => {
  http.route({
    ...at(lineEndpoints.list),
    async handler({ query: { cursor, limit = config.limit } }) {
      const page = await listLines(db, { cursor, limit })
      return inOrder(
        page,
        await viewLines(
          db,
          page.rows.map(({ id }) => id),
        ),
      )
    },
  })

  http.route({
    ...at(lineEndpoints.create),
    async handler(request, reply) {
      const { name, mode, autoReply, ...typed } = request.body
      const address = readLineAddress(typed, config.defaultCountry)
      const given = { address, name, mode, autoReply }
      const id = await db.transaction((tx) => addNewLine(tx, actorOf(request), given))
      rings.changed()
      return reply.code(201).send(theOne(await viewLines(db, [id]), id, 'line'))
    },
  })

  http.route({
    ...at(lineEndpoints.change),
    async handler(request) {
      const { id } = request.params
      await db.transaction(async (tx) => {
        const changed = await changeLine(tx, id, request.body)
        if (changed === 'missing') throw notFound('line')
        if (changed === 'in_use') {
          throw new AppError('line_in_use', 'This line has a group. Delete the group first.')
        }
        if (changed.length === 0) return
        const details = { changed }
        await recordAudit(tx, actorOf(request), { action: 'line.changed', subject: id, details })
      })
      rings.changed()
      return theOne(await viewLines(db, [id]), id, 'line')
    },
  })
}
