/** Why it cannot start, as the one line a person reads, with what to do about it. */
export class StartError extends Error {
  override readonly name = 'StartError'
}
