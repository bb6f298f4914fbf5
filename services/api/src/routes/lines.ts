import { lineEndpoints } from '@partyline/contracts/api/lines'
import { channelOf, type Channel } from '@partyline/contracts/channels'
import { AppError } from '@partyline/contracts/errors'
import { groupAutoReply } from '@partyline/db/queries/groups'
import { changeLine, createLine, listLines } from '@partyline/db/queries/lines'
import { viewLines } from '@partyline/db/views/line'
import { at } from '@partyline/kit/http'
import type { Routes } from '../deps.ts'
import { forChannel, readAddress } from '../phones.ts'
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
    async handler({ body: { name, mode, autoReply, ...typed } }, reply) {
      const address = readLineAddress(typed, config.defaultCountry)
      const id = await createLine(db, {
        address,
        channel: channelOf(address),
        name,
        mode,
        autoReply:
          autoReply === undefined && mode === 'group' ? groupAutoReply : (autoReply ?? null),
      })
      if (id === undefined) {
        throw new AppError('already_exists', 'There is a line with this address.')
      }
      rings.changed()
      return reply.code(201).send(theOne(await viewLines(db, [id]), id, 'line'))
    },
  })

  http.route({
    ...at(lineEndpoints.change),
    async handler({ params: { id }, body }) {
      const outcome = await changeLine(db, id, body)
      if (outcome === 'missing') throw notFound('line')
      if (outcome === 'in_use') {
        throw new AppError('line_in_use', 'This line has a group. Delete the group first.')
      }
      rings.changed()
      return theOne(await viewLines(db, [id]), id, 'line')
    },
  })
}

/** A Messaging Service stands for the numbers of its pool, so it is a line too. */
function readLineAddress(
  typed: { address: string; channel?: Channel | undefined },
  defaultCountry: string,
): string {
  if (/^MG[0-9a-fA-F]{32}$/.test(typed.address)) return typed.address
  const address = readAddress(typed.address, defaultCountry)
  return typed.channel === undefined ? address : forChannel(address, typed.channel)
}
