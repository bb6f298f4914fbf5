import { labelEndpoints } from '@partyline/contracts/api/labels'
import { recordAudit } from '@partyline/db/queries/audit'
import {
  changeLabel,
  countLabelUses,
  createLabel,
  deleteLabel,
  listLabels,
} from '@partyline/db/queries/labels'
import { toLabel } from '@partyline/db/views/label'
import { at } from '@partyline/kit/http'
import { callerOf } from '../access.ts'
import { actorOf } from '../actor.ts'
import type { Routes } from '../deps.ts'
import { notFound } from '../present.ts'

export const labelRoutes: Routes = (http, { db, rings }) => {
  http.route({
    ...at(labelEndpoints.list),
    async handler() {
      return { items: (await listLabels(db)).map(toLabel) }
    },
  })

  http.route({
    ...at(labelEndpoints.uses),
    async handler(request) {
      return { items: await countLabelUses(db, callerOf(request).user.id) }
    },
  })

  http.route({
    ...at(labelEndpoints.create),
    async handler({ body }, reply) {
      const made = await createLabel(db, body)
      rings.changed()
      return reply.code(201).send(toLabel(made))
    },
  })

  http.route({
    ...at(labelEndpoints.change),
    async handler({ params: { id }, body }) {
      const { name, color } = body
      const change = { ...(name !== undefined && { name }), ...(color && { color }) }
      const changed = await changeLabel(db, id, change)
      if (!changed) throw notFound('label')
      rings.changed()
      return toLabel(changed)
    },
  })

  http.route({
    ...at(labelEndpoints.remove),
    async handler(request) {
      const { id } = request.params
      await db.transaction(async (tx) => {
        const name = await deleteLabel(tx, id)
        if (name === undefined) throw notFound('label')
        const act = { action: 'label.deleted', subject: id, details: { name } } as const
        await recordAudit(tx, actorOf(request), act)
      })
      rings.changed()
      return {}
    },
  })
}
