/** Refusals, with the HTTP status Twilio answers them with. */
const statuses: Record<number, number> = {
  20003: 401,
  20006: 403,
  20404: 404,
  20009: 409,
  20429: 429,
  20500: 500,
  21701: 404,
}

/** An answer of the REST API that is not the wanted one. */
export class TwilioError extends Error {
  override readonly name = 'TwilioError'
  readonly code: number
  readonly status: number

  constructor(code: number, message: string, status = statuses[code] ?? 400) {
    super(message)
    this.code = code
    this.status = status
  }

  toBody() {
    return {
      code: this.code,
      ...(this.code === 20003 && { detail: '' }),
      message: this.message,
      more_info: `https://www.twilio.com/docs/errors/${this.code}`,
      status: this.status,
    }
  }
}

export function notFound(url: string): TwilioError {
  const path = url.split('?')[0] ?? url
  return new TwilioError(20404, `The requested resource ${path} was not found`)
}

export function internalError(): TwilioError {
  return new TwilioError(20500, 'An internal server error has occurred')
}
