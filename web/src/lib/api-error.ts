import { type ErrorCode, errorStatus } from '@partyline/contracts/errors'
import { toSentence } from './sentence.ts'

/** What the api refused, or why there was no usable answer. The message is for people. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: ErrorCode | 'unreachable' | 'unexpected_reply'

  constructor(code: ApiError['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** Only a reload brings the page that fits what the api says. */
export const outOfDate = 'This page is out of date. Please reload it.'

/** They were asked for their password and would rather not. */
export const unproved = new ApiError(
  'reauth',
  'Nothing was done, because you did not confirm that it is you.',
)

const fallback = new ApiError('internal', 'Something went wrong on our side. Please try again.')

export async function readApiError(response: Response): Promise<ApiError> {
  // A proxy in front answers with a page of its own: then the status is all there is.
  const reply: unknown = await response.json().catch(() => undefined)
  const { code, message } = errorIn(reply) ?? {}
  if (typeof code !== 'string' || !Object.hasOwn(errorStatus, code)) {
    return response.status >= 502
      ? new ApiError('unavailable', 'Partyline is not available right now. Please try again.')
      : fallback
  }
  return new ApiError(code as ErrorCode, typeof message === 'string' ? message : fallback.message)
}

function errorIn(reply: unknown): { code?: unknown; message?: unknown } | undefined {
  if (typeof reply !== 'object' || reply === null || !('error' in reply)) return undefined
  return typeof reply.error === 'object' && reply.error !== null ? reply.error : undefined
}

const told = new WeakSet()

/** What to show for anything a call may throw. What is no answer is a mistake of ours, and is told to whoever looks. */
export function messageOf(error: unknown): string {
  if (error instanceof ApiError) return toSentence(error.message)
  const isObject = typeof error === 'object' && error !== null
  if (!isObject || !told.has(error)) reportError(error)
  if (isObject) told.add(error)
  return fallback.message
}
