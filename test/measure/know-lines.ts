import { setTimeout as wait } from 'node:timers/promises'
import { systemEndpoints } from '@partyline/contracts/api/system'
import type { BrowserContext } from 'playwright-core'
import type { Sql } from 'postgres'
import { createPhones } from '../support/phones.ts'

const patienceMs = 90_000

/** Makes the seeded lines numbers of the account, or every page would warn of them, until nobody warns. */
export async function knowLines(url: string, context: BrowserContext, sql: Sql): Promise<void> {
  const phones = createPhones(url)
  const lines = await sql<{ address: string; name: string }[]>`select address, name from lines`
  for (const { address, name } of lines) await phones.addLine(address, name)
  const { path, reply } = systemEndpoints.get
  for (const end = Date.now() + patienceMs; Date.now() < end; await wait(1_000)) {
    const answer = await context.request.get(path)
    if (reply.parse(await answer.json()).unreachedLines.length === 0) return
  }
}
