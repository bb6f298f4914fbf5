import { z } from 'zod'

export const timeZone = z
  .string()
  .max(100)
  .refine((zone) => isTimeZone(zone), 'is not a time zone such as Europe/Berlin')

function isTimeZone(zone: string): boolean {
  try {
    return Intl.DateTimeFormat(undefined, { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
