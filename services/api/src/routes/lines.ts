import { lineEndpoints } from '@partyline/contracts/api/lines'
import { AppError } from '@partyline/contracts/errors'
import type { Db } from '@partyline/db/client'
import { recordAudit } from '@partyline/db/queries/audit'
import { pauseLine, resumeLine } from '@partyline/db/queries/pause-line'
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
      const { paused, ...change } = request.body
      const resumed = await db.transaction(async (tx) => {
        const changed = await changeLine(tx, id, change)
        if (changed === 'missing') throw notFound('line')
        if (changed === 'in_use') {
          throw new AppError('line_in_use', 'This line has a group. Delete the group first.')
        }
        const moved = paused !== undefined && (await movePause(tx, id, paused))
        await recordAudit(
          tx,
          actorOf(request),
          ...(changed.length > 0
            ? [{ action: 'line.changed', subject: id, details: { changed } } as const]
            : []),
          ...(moved
            ? [{ action: paused ? 'line.paused' : 'line.resumed', subject: id } as const]
            : []),
        )
        return moved && !paused
      })
      rings.posted(resumed ? { lineId: id, deliveryCount: 1 } : undefined)
      return theOne(await viewLines(db, [id]), id, 'line')
    },
  })
}

const movePause = (tx: Db, id: string, paused: boolean) =>
  paused ? pauseLine(tx, id, null) : resumeLine(tx, id)
