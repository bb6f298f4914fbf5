import type { JobHandler } from '@partyline/kit/jobs'
import { connectNumbers } from '../account/connect-numbers.ts'
import { lookAtAccount } from '../account/look-at-account.ts'
import type { JobDeps } from '../deps.ts'
import { lookAtTemplates } from '../templates/look-at-templates.ts'

/** Somebody asked for a look, or for a number to be connected: what is asked for is in Postgres. */
export function tendAccount(deps: JobDeps): JobHandler<'account.look'> {
  return async () => {
    await connectNumbers(deps)
    await lookAtAccount(deps)
    await lookAtTemplates(deps)
  }
}
