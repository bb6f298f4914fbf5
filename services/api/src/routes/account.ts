import { accountEndpoints } from '@partyline/contracts/api/account'
import { AppError } from '@partyline/contracts/errors'
import { wantedWebhooks } from '@partyline/contracts/number-webhooks'
import { whyUnreachable } from '@partyline/contracts/public-address'
import { askForLook, findLook } from '@partyline/db/queries/account-looks'
import { findAccountNumber, listAccountNumbers } from '@partyline/db/queries/account-numbers'
import { viewAccountNumber } from '@partyline/db/views/account-number'
import { at } from '@partyline/kit/http'
import { actorOf } from '../actor.ts'
import { connectNumber } from '../connect-number.ts'
import type { RouteDeps, Routes } from '../deps.ts'
import { listSettings } from '../list-settings.ts'
import { notFound } from '../present.ts'
import { readLook } from '../read-look.ts'

export const accountRoutes: Routes = (http, deps) => {
  const { db, config, rings } = deps

  http.route({ ...at(accountEndpoints.get), handler: () => readAccount(deps) })

  http.route({
    ...at(accountEndpoints.settings),
    async handler() {
      return { items: listSettings(config) }
    },
  })

  http.route({
    ...at(accountEndpoints.look),
    async handler() {
      await askForLook(db)
      rings.account()
      return readAccount(deps)
    },
  })

  http.route({
    ...at(accountEndpoints.numbers),
    async handler({ query: { cursor, limit = config.limit } }) {
      const { rows, nextCursor } = await listAccountNumbers(db, { cursor, limit })
      return { items: rows.map((row) => viewAccountNumber(row, config.publicUrl)), nextCursor }
    },
  })

  http.route({
    ...at(accountEndpoints.connect),
    async handler(request) {
      const { sid } = request.params
      const unreachable = whyNotHere(config)
      if (unreachable !== null) throw new AppError('cannot_connect', unreachable)
      const actor = actorOf(request)
      const given = { sid, publicUrl: config.publicUrl, ...request.body }
      await db.transaction((tx) => connectNumber(tx, actor, given))
      rings.account()
      rings.changed()
      const number = await findAccountNumber(db, sid)
      if (!number) throw notFound('number')
      return viewAccountNumber(number, config.publicUrl)
    },
  })
}

async function readAccount({ db, config }: RouteDeps) {
  return {
    ...readLook(await findLook(db)),
    unreachable: whyNotHere(config),
    webhookUrl: wantedWebhooks(config.publicUrl).smsUrl,
  }
}

/** The simulator reaches everything that we do. */
function whyNotHere({ simulated, publicUrl }: RouteDeps['config']): string | null {
  return simulated ? null : whyUnreachable(publicUrl)
}
