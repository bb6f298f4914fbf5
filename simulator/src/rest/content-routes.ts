import { z } from 'zod'
import type { Scope } from '../scope.ts'
import { createSid } from '../sid.ts'
import type { Simulation } from '../simulation.ts'
import type { TemplateRow } from '../store/templates.ts'
import {
  toApproval,
  toApprovalResource,
  toContentAndApproval,
  toContentResource,
} from './content-resource.ts'
import { toForm } from './form.ts'
import { serviceEnvelope } from './service-envelope.ts'
import { notFound, TwilioError } from './twilio-error.ts'

interface Params {
  sid: string
}

const newContent = z.object({
  friendly_name: z.string().default(''),
  language: z.string().min(1),
  variables: z.record(z.string(), z.string()).default({}),
  types: z
    .record(z.string(), z.looseObject({}))
    .refine((given) => Object.keys(given).length > 0, 'types is empty'),
})

const newApproval = z.object({
  name: z.string().regex(/^[a-z0-9_]+$/),
  category: z.enum(['UTILITY', 'MARKETING', 'AUTHENTICATION']),
})

/** The Content API. Its host is not part of the path, so `/v1/Content` is its alone here. */
export function contentRoutes(http: Scope, sim: Simulation): void {
  const { templates } = sim.store
  const { accountSid } = sim.config
  const find = ({ sid }: Params, url: string): TemplateRow => {
    const row = templates.find(sid)
    if (!row) throw notFound(url)
    return row
  }

  const list = (path: string, show: (accountSid: string, row: TemplateRow) => object) =>
    http.get(path, async ({ query }) => {
      const all = templates.all().map((row) => show(accountSid, row))
      return serviceEnvelope('contents', path, all, toForm(query), 'content')
    })
  list('/Content', toContentResource)
  list('/ContentAndApprovals', toContentAndApproval)

  http.post('/Content', async ({ body }, reply) => {
    const { friendly_name: name, language, variables, types } = read(newContent, body)
    const row: TemplateRow = {
      ...{ sid: createSid('HX'), name, language },
      ...{ variables: JSON.stringify(variables), types: JSON.stringify(types) },
      ...{ status: null, category: '', rejection_reason: '' },
      ...{ created_at: sim.now(), updated_at: sim.now() },
    }
    templates.insert(row)
    return reply.code(201).send(toContentResource(accountSid, row))
  })

  http.get<{ Params: Params }>('/Content/:sid', async ({ params, url }) =>
    toContentResource(accountSid, find(params, url)),
  )

  http.delete<{ Params: Params }>('/Content/:sid', async ({ params, url }, reply) => {
    templates.remove(find(params, url).sid)
    return reply.code(204).send()
  })

  http.get<{ Params: Params }>('/Content/:sid/ApprovalRequests', async ({ params, url }) =>
    toApprovalResource(accountSid, find(params, url)),
  )

  http.post<{ Params: Params }>(
    '/Content/:sid/ApprovalRequests/whatsapp',
    async ({ params, url, body }, reply) => {
      const { sid } = find(params, url)
      const { category } = read(newApproval, body)
      templates.judge(sid, { status: 'received', category, now: sim.now() })
      // WhatsApp takes minutes to a day; here a moment must do.
      sim.timers.after(sim.config.latencyMs, async () =>
        templates.judge(sid, { status: 'approved', category, now: sim.now() }),
      )
      return reply.code(201).send(toApproval(find(params, url)))
    },
  )
}

function read<Shape extends z.ZodType>(shape: Shape, body: unknown): z.output<Shape> {
  const given = shape.safeParse(body)
  if (given.success) return given.data
  throw new TwilioError(20001, `Invalid Parameter: ${given.error.issues[0]?.path.join('.') ?? ''}`)
}
