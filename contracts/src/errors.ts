/** What can go wrong that a caller may act on. The code is the contract, the message is for people. */
export const errorStatus = {
  invalid_request: 400,
  invalid_phone: 400,
  wrong_credentials: 401,
  not_signed_in: 401,
  not_allowed: 403,
  reauth: 403,
  wrong_origin: 403,
  bad_signature: 403,
  wrong_account: 403,
  no_such_route: 404,
  not_found: 404,
  already_exists: 409,
  client_key_reused: 409,
  taken_back: 409,
  contact_opted_out: 409,
  cannot_retry: 409,
  line_in_use: 409,
  number_taken: 409,
  cannot_connect: 409,
  repeat_unconfirmed: 409,
  window_closed: 409,
  template_unusable: 409,
  setup_done: 410,
  feed_cursor_expired: 410,
  body_too_large: 413,
  unsupported_media_type: 415,
  country_not_allowed: 422,
  group_full: 422,
  too_many_requests: 429,
  send_cap_reached: 429,
  internal: 500,
  unavailable: 503,
} as const

export type ErrorCode = keyof typeof errorStatus

export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }

  get status(): number {
    return errorStatus[this.code]
  }

  toBody(requestId: string) {
    return { error: { code: this.code, message: this.message, requestId } }
  }
}
