import { takenBy, webhookProblems } from '@partyline/contracts/number-webhooks'
import type { AccountClient } from '@partyline/dispatcher/twilio/account-client'
import type { Place } from './find-places.ts'
import { type Finding, right, wrong } from './finding.ts'
import type { Line } from './judge-line.ts'

export interface Fixing {
  /** Only these lines, whoever has their texts now; all when empty. */
  named: readonly string[]
  /** Also from whoever has their texts now. */
  force: boolean
}

interface FixDeps extends Fixing {
  account: Pick<AccountClient, 'setWebhooks'>
  publicUrl: string
}

const about = 'Fixed'

/** Sets what is wrong with the lines' webhooks at Twilio; says what it did, and changes `places` as Twilio did. */
export async function fixLines(
  lines: readonly Line[],
  places: Place[],
  deps: FixDeps,
): Promise<Finding[]> {
  const { named, publicUrl } = deps
  const findings: Finding[] = named
    .filter((name) => !lines.some(({ address }) => address === name))
    .map((name) => wrong(about, `${name} is no line, so nothing was changed for it.`, spelling))
  for (const line of lines) {
    const place = places.find(({ address }) => address === line.address)
    if (!place || !place.sms || place.leavesToNumbers) continue
    const isNamed = named.includes(line.address)
    if (named.length > 0 && !isNamed) continue
    if (webhookProblems(place.found, publicUrl).length === 0) continue
    if (takenBy(place.found, publicUrl) !== null && !isNamed && !deps.force) continue
    findings.push(await fixPlace(line, place, places, deps))
  }
  return findings
}

const spelling = 'Name lines as they stand here: +15555550100, or MG… for a Messaging Service.'

async function fixPlace(
  line: Line,
  place: Place,
  places: Place[],
  { account, publicUrl }: FixDeps,
): Promise<Finding> {
  const problems = webhookProblems(place.found, publicUrl)
  const told = await account.setWebhooks(place, place.found, publicUrl)
  if (told.outcome !== 'told') {
    const step = 'Put that right, or set it in the Console by hand.'
    return wrong(about, `${line.address} could not be changed: ${told.problem}`, step)
  }
  const { service } = told.value
  for (const each of places) {
    // A service answers for all numbers in its pool.
    if (service && each.found.service?.sid === service.sid) each.found = { ...each.found, service }
    if (each === place) each.found = told.value
  }
  const where = service ? `${line.address}, on its Messaging Service ${service.sid}` : line.address
  const changes = problems.map(({ field, found }) => `${field} (was ${found ?? 'not set'})`)
  return right(about, `${where}: set ${changes.join(', ')}.`)
}
