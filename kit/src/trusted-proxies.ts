import { isIP } from 'node:net'
import { z } from 'zod'

const names = ['loopback', 'linklocal', 'uniquelocal']
const advice =
  'must be addresses and ranges such as 10.0.0.0/8, or loopback, linklocal, uniquelocal, with commas between. Anything that trusts everybody lets each caller say who they are'

/**
 * Whose X-Forwarded-For is believed. A list of ranges only: `true` believes anybody, and a number counts
 * hops from an end that the caller chooses.
 */
export const trustedProxies = z
  .string()
  .default('loopback')
  .transform((list) => list.split(',').map((each) => each.trim()))
  .refine((list) => list.every(isRange), advice)

function isRange(given: string): boolean {
  if (names.includes(given)) return true
  const [address = '', bits, ...rest] = given.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return false
  if (bits === undefined) return true
  return /^\d+$/.test(bits) && Number(bits) >= 1 && Number(bits) <= (version === 4 ? 32 : 128)
}
