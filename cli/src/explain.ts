import { NewerDatabaseError } from '@partyline/db/migrate'
import { MayNotMakeUsersError } from '@partyline/db/roles'
import { ConfigError } from '@partyline/kit/config'
import { traceOf } from '@partyline/kit/reason'
import { KnownError } from './known-error.ts'
import { complain } from './print.ts'

const known = [KnownError, ConfigError, NewerDatabaseError, MayNotMakeUsersError]

/** What a person can act on is one line; anything else is a bug and shows where. */
export function explain(error: unknown): void {
  if (known.some((kind) => error instanceof kind)) complain((error as Error).message)
  else if (error instanceof Error && tellsItself(error)) complain(error.message)
  else complain(traceOf(error))
}

/** A file or an address that cannot be reached, an option that does not exist: the message names it. */
const tellsItself = (error: Error) =>
  'code' in error && /^(E[A-Z]+|ERR_PARSE_ARGS_\w+)$/.test(String(error.code))
