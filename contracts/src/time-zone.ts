import { z } from 'zod'

export const timeZone = z
  .string()
  .max(100)
  .refine(isTimeZone, 'is not a time zone such as Europe/Berlin')

/** Not by its distance from UTC, which changes twice a year. */
const byName = /^[a-z]/i

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat(undefined, { timeZone: zone })
    return byName.test(zone)
  } catch {
    return false
  }
}
