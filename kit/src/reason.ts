/**
 * Why something failed, fit for a log: the innermost cause. What wraps it may quote a whole statement
 * with its values, and those are people's numbers and words.
 */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.cause instanceof Error) return reasonOf(error.cause)
  const code = 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : ''
  return `${error.name}: ${toldOf(error, code)}${code}`
}

/** Of what is malformed, Postgres and JSON.parse quote some; where it stands is no business of a log. */
function toldOf({ name, message }: Error, code: string): string {
  if (code.startsWith(' (22')) return message.replace(/[:"].*/s, '…')
  return name === 'SyntaxError' ? message.replace(/["'`].*/s, '…') : message
}

/** The same with the frames of the stack. */
export function traceOf(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line))
  return [reasonOf(error), ...frames].join('\n')
}
