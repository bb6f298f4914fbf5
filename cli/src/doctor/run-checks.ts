import { within } from '@partyline/kit/within'
import { type Check, type Finding, wrong } from './finding.ts'
import { whyOf } from './why-of.ts'

const patienceMs = 15_000

/** Looks at everything at once; what fails or hangs is a finding and hides nothing else. In the order given. */
export async function runChecks(checks: readonly Check[], ms = patienceMs): Promise<Finding[]> {
  const found = await Promise.all(checks.map((check) => runCheck(check, ms)))
  return found.flat()
}

async function runCheck({ about, look }: Check, ms: number): Promise<Finding[]> {
  try {
    return await within(ms, look())
  } catch (error) {
    const step = 'See that it runs and can be reached from here, then ask again.'
    return [wrong(about, `Could not be looked at: ${whyOf(error)}.`, step)]
  }
}
