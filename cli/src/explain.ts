import { NewerDatabaseError } from '@partyline/db/migrate'
import { MayNotMakeUsersError } from '@partyline/db/roles'
import { ConfigError } from '@partyline/kit/config'
import { complain } from './print.ts'
import { KnownError } from './known-error.ts'

/** What a person can act on is one line; anything else is a bug and shows where. */
export function explain(error: unknown): void {
  const known = [KnownError, ConfigError, NewerDatabaseError, MayNotMakeUsersError].some(
    (kind) => error instanceof kind,
  )
  if (error instanceof Error && (known || isSystemError(error))) complain(error.message)
  else complain(error instanceof Error ? (error.stack ?? error.message) : String(error))
}

/** A file or an address that cannot be reached, an option that does not exist: the message names it. */
function isSystemError(error: Error): boolean {
  return 'code' in error && /^(E[A-Z]+|ERR_PARSE_ARGS_\w+)$/.test(String(error.code))
}
