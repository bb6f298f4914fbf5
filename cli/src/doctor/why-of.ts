import { reasonOf } from '@partyline/kit/reason'

const words: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'no machine has this name',
  EAI_AGAIN: 'the name cannot be looked up now',
  EHOSTUNREACH: 'there is no way to this machine',
  ENETUNREACH: 'there is no way to this network',
  ETIMEDOUT: 'no answer came',
  CONNECT_TIMEOUT: 'no answer came',
  UND_ERR_CONNECT_TIMEOUT: 'no answer came',
  ECONNRESET: 'the connection was cut',
  EACCES: 'this user may not',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  '28P01': 'the password is wrong, or there is no such user',
  '28000': 'this user may not connect',
  '3D000': 'there is no such database',
  '53300': 'it has no connection left',
}

/** Why something failed, for a person: in words where the code has any. */
export function whyOf(error: unknown): string {
  const code = codeOf(error)
  const known = code === undefined ? undefined : words[code]
  return (
    known ??
    reasonOf(error)
      .replace(/^Error: /, '')
      .replace(/\.$/, '')
  )
}

/** Of the innermost cause. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if (error.cause instanceof Error) return codeOf(error.cause)
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
