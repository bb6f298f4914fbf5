import { AppError } from '@partyline/contracts/errors'

interface Headers {
  origin?: string | undefined
  'sec-fetch-site'?: string | string[] | undefined
  authorization?: string | undefined
}

const harmless = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses what another site's page makes a browser send with our cookie. Every browser says on such a
 * request where it comes from, in one header or both; a request with neither comes from no page. A
 * bearer token is never sent by a browser on its own.
 */
export function refuseForeignOrigin(method: string, headers: Headers, publicUrl: string): void {
  if (harmless.has(method) || headers.authorization !== undefined) return
  const site = headers['sec-fetch-site']
  const { origin } = headers
  const own =
    site === 'same-origin' ||
    origin === new URL(publicUrl).origin ||
    (site === undefined && origin === undefined)
  if (!own) {
    throw new AppError(
      'wrong_origin',
      `This request comes from another site. Open Partyline at ${publicUrl}.`,
    )
  }
}
