import { toRfc2822 } from '../dates.ts'
import type { Scope } from '../scope.ts'
import type { Simulation } from '../simulation.ts'
import type { MediaRow } from '../store/media.ts'
import { notFound } from './twilio-error.ts'

interface Params {
  sid: string
  file: string
}

/** `…/Media/ME….json` describes, `…/Media/ME…` is the thing itself. */
export function mediaRoutes(http: Scope, sim: Simulation): void {
  const messagesPath = `/2010-04-01/Accounts/${sim.config.accountSid}/Messages`

  const resource = (media: Omit<MediaRow, 'bytes'>) => ({
    account_sid: sim.config.accountSid,
    content_type: media.content_type,
    date_created: toRfc2822(media.created_at),
    date_updated: toRfc2822(media.created_at),
    parent_sid: media.message_sid,
    sid: media.sid,
    uri: `${messagesPath}/${media.message_sid}/Media/${media.sid}.json`,
  })

  function find({ sid, file }: Params, url: string): MediaRow {
    const media = sim.store.media.find(file.replace(/\.json$/, ''))
    if (media?.message_sid !== sid) throw notFound(url)
    return media
  }

  http.get<{ Params: Params }>('/Messages/:sid/Media.json', async ({ params, url }) => {
    if (!sim.store.messages.find(params.sid)) throw notFound(url)
    const rows = sim.store.media.ofMessage(params.sid)
    const uri = `${messagesPath}/${params.sid}/Media.json?PageSize=50&Page=0`
    return {
      media_list: rows.map(resource),
      page: 0,
      page_size: 50,
      start: 0,
      end: Math.max(0, rows.length - 1),
      uri,
      first_page_uri: uri,
      next_page_uri: null,
      previous_page_uri: null,
    }
  })

  http.get<{ Params: Params }>('/Messages/:sid/Media/:file', async ({ params, url }, reply) => {
    const media = find(params, url)
    if (params.file.endsWith('.json')) return resource(media)
    return reply.type(media.content_type).send(Buffer.from(media.bytes))
  })

  http.delete<{ Params: Params }>('/Messages/:sid/Media/:file', async ({ params, url }, reply) => {
    sim.store.media.remove(find(params, url).sid)
    return reply.code(204).send()
  })
}
