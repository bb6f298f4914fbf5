import { labelEndpoints } from '@partyline/contracts/api/labels'
import { changeLabel, createLabel, deleteLabel, listLabels } from '@partyline/db/queries/labels'
import { toLabel } from '@partyline/db/views/label'
import { at } from '@partyline/kit/http'
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
    async handler({ params: { id } }) {
      if (!(await deleteLabel(db, id))) throw notFound('label')
      rings.changed()
      return {}
    },
  })
}
