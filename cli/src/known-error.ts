/** Why it cannot go on, as the one line a person reads, with what to do about it. */
export class KnownError extends Error {
  override readonly name = 'KnownError'
}
