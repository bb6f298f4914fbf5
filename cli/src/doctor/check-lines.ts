import { whyUnreachable } from '@partyline/contracts/public-address'
import type { AccountClient } from '@partyline/dispatcher/twilio/account-client'
import { findPlaces } from './find-places.ts'
import { type Finding, right, wrong } from './finding.ts'
import { type Fixing, fixLines } from './fix-lines.ts'
import { judgeLine, judgeOthers, type Line } from './judge-line.ts'

const about = 'Lines'

export interface LinesDeps {
  lines: readonly Line[]
  account: AccountClient
  publicUrl: string
  simulated: boolean
  command: string
  /** Undefined: look only. */
  fixing: Fixing | undefined
  /** Whether PUBLIC_URL was found to lead here. */
  leadsHere: () => Promise<boolean>
}

/** Whether Twilio brings the texts of every line here; with `fixing`, after that was set right. */
export async function checkLines(deps: LinesDeps): Promise<Finding[]> {
  const { lines, account, publicUrl, simulated, fixing } = deps
  const told = await account.list()
  if (told.outcome !== 'told') {
    return [wrong(about, 'The numbers of the Twilio account cannot be seen.', told.problem)]
  }
  const places = findPlaces(told.value)
  const refused = fixing && (await whyNotFix(deps, fixing))
  const fixed =
    refused || !fixing ? [] : await fixLines(lines, places, { ...fixing, account, publicUrl })
  // The simulator shows numbers only, as Twilio does, and brings everything here.
  const asked = simulated ? lines.filter(({ channel }) => channel === 'sms') : lines
  const judged = asked.map((line) => judgeLine(line, places, deps))
  const none = lines.length === 0 ? [right(about, 'There is none yet.')] : []
  const others = judgeOthers(lines, places, publicUrl)
  return [...(refused ? [refused] : []), ...fixed, ...none, ...judged, ...others]
}

/** A number whose texts are sent to an address that does not lead here is worse off than before. */
async function whyNotFix(
  { publicUrl, simulated, leadsHere }: LinesDeps,
  { force }: Fixing,
): Promise<Finding | undefined> {
  const unreachable = simulated ? null : whyUnreachable(publicUrl)
  if (unreachable === null && (force || (await leadsHere()))) return undefined
  const says = 'Nothing was changed at Twilio, because PUBLIC_URL does not lead here.'
  const step =
    unreachable === null
      ? 'Put that right first. If it does lead here from outside, add --force.'
      : 'Put that right first.'
  return wrong('Fixed', says, step)
}
