import { Readable } from 'node:stream'
import { transcriptFormats } from '@partyline/contracts/api/thread'
import type { Message } from '@partyline/contracts/api/messages'
import { byId } from '@partyline/contracts/http'
import type { Db } from '@partyline/db/client'
import { recordAudit } from '@partyline/db/queries/audit'
import { findConversation } from '@partyline/db/queries/conversations'
import { listMessages } from '@partyline/db/queries/list-messages'
import { viewMessages } from '@partyline/db/views/message'
import { z } from 'zod'
import { callerOf } from '../access.ts'
import { actorOf } from '../actor.ts'
import { csvLine } from '../csv.ts'
import type { Routes } from '../deps.ts'
import { notFound } from '../present.ts'

const pageSize = 500

/** A whole conversation as a file, oldest first. It flows page by page, however long it is. */
export const transcriptRoutes: Routes = (http, { db }) => {
  http.route({
    method: 'GET',
    url: '/api/conversations/:id/transcript',
    config: { access: 'user' },
    schema: {
      summary: 'All messages of a conversation as a file, oldest first',
      params: byId,
      querystring: z.object({ format: z.enum(transcriptFormats).default('csv') }),
    },
    async handler(request, reply) {
      const { id } = request.params
      const { format } = request.query
      const viewerId = callerOf(request).user.id
      if (!(await findConversation(db, id, viewerId))) throw notFound('conversation')
      const act = { action: 'conversation.exported', subject: id, details: { format } } as const
      await recordAudit(db, actorOf(request), act)
      const pages = readPages(db, id, viewerId)
      const today = new Date().toISOString().slice(0, 10)
      void reply.headers({
        'content-type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json',
        'content-disposition': `attachment; filename="transcript-${today}.${format}"`,
      })
      return reply.send(Readable.from(format === 'csv' ? toCsv(pages) : toJson(pages)))
    },
  })
}

/** What somebody may no longer see while it flows is not in it. */
async function* readPages(db: Db, conversationId: string, viewerId: string) {
  let after = 0
  for (;;) {
    const { rows } = await listMessages(db, { conversationId, after, limit: pageSize })
    const views = await viewMessages(
      db,
      rows.map(({ id }) => id),
      viewerId,
    )
    yield rows.flatMap(({ id }) => views.get(id) ?? [])
    const last = rows.at(-1)
    if (last === undefined || rows.length < pageSize) return
    after = last.seq
  }
}

type Pages = ReturnType<typeof readPages>

const columns = [
  ...['seq', 'time', 'direction', 'kind', 'author', 'address', 'body', 'attachments'],
  ...['recipients', 'delivered', 'failed', 'twilio_sid'],
]

/** With the mark by which spreadsheets know that it is UTF-8. */
async function* toCsv(pages: Pages) {
  yield `\uFEFF${csvLine(columns)}`
  for await (const page of pages) yield page.map((message) => csvLine(cellsOf(message))).join('')
}

function cellsOf({ author, media, deliveries, ...message }: Message) {
  const { seq, createdAt, direction, kind, body, twilioSid } = message
  const files = media.map((file) => file.fileName ?? file.contentType).join('; ')
  return [
    ...[seq, createdAt, direction, kind, author.name, author.address, body, files],
    ...[deliveries.total, deliveries.delivered, deliveries.failed, twilioSid],
  ]
}

async function* toJson(pages: Pages) {
  let separator = '[\n'
  for await (const page of pages) {
    for (const message of page) {
      yield separator + JSON.stringify(message)
      separator = ',\n'
    }
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n'
}
