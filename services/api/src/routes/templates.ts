import { templateEndpoints } from '@partyline/contracts/api/templates'
import { askForLook, findLook } from '@partyline/db/queries/account-looks'
import { listTemplates } from '@partyline/db/queries/templates'
import { viewTemplate } from '@partyline/db/views/template'
import { at } from '@partyline/kit/http'
import type { Routes } from '../deps.ts'
import { readLook } from '../read-look.ts'

export const templateRoutes: Routes = (http, { db, config, rings }) => {
  http.route({
    ...at(templateEndpoints.list),
    async handler({ query: { q, sendable, cursor, limit = config.limit } }) {
      const asked = { q, sendable: sendable === 'true', cursor, limit }
      const { rows, nextCursor } = await listTemplates(db, asked)
      return { items: rows.map(viewTemplate), nextCursor }
    },
  })

  http.route({
    ...at(templateEndpoints.state),
    async handler() {
      return readLook(await findLook(db, 'templates'))
    },
  })

  http.route({
    ...at(templateEndpoints.look),
    async handler() {
      await askForLook(db, 'templates')
      rings.account()
      return readLook(await findLook(db, 'templates'))
    },
  })
}
