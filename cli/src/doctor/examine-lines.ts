import { askForLook } from '@partyline/db/queries/account-looks'
import { listLineAddresses } from '@partyline/db/queries/line-addresses'
import type { AccountClient } from '@partyline/dispatcher/twilio/account-client'
import { checkLines } from './check-lines.ts'
import type { Patient } from './examine.ts'
import type { Finding } from './finding.ts'

/** The lines, as Twilio has them. What is changed there is looked at again by the dispatcher, for the dashboard. */
export async function examineLines(
  { db, settings, simulated, command, fixing }: Patient,
  account: AccountClient,
  door: () => Promise<Finding[]>,
): Promise<Finding[]> {
  const findings = await checkLines({
    lines: await listLineAddresses(db),
    ...{ account, simulated, command, fixing },
    publicUrl: settings.config.publicUrl,
    leadsHere: async () => (await door()).every(({ state }) => state !== 'wrong'),
  })
  if (fixing) await askForLook(db)
  return findings
}
