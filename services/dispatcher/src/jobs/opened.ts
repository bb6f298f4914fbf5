import { sealPurpose } from '@partyline/contracts/jobs'
import type { JobContext } from '@partyline/kit/jobs'
import { createSeal } from '@partyline/kit/seal'
import type { z } from 'zod'
import type { JobDeps } from '../deps.ts'

/**
 * Hands a job what was sealed in it. One that cannot be opened fails and is tried again, so that it
 * waits for whoever brings the right token back.
 */
export function opened<Envelope extends z.ZodType>(
  { config }: Pick<JobDeps, 'config'>,
  envelope: Envelope,
  handle: (content: z.output<Envelope>, context: JobContext) => Promise<void>,
) {
  const seal = createSeal(config.authTokens, sealPurpose)
  return async ({ sealed }: { sealed: string }, context: JobContext): Promise<void> =>
    handle(envelope.parse(seal.open(sealed)), context)
}
