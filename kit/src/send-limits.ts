import type { SendLimits } from '@partyline/contracts/send-limits'
import { z } from 'zod'

/** 0 is no limit. */
const cap = (usual: number) =>
  z.coerce
    .number()
    .int()
    .min(0)
    .default(usual)
    .transform((value) => (value === 0 ? Infinity : value))

/** The variables that limit sending. A usual group never comes near what is the default. */
export const sendLimitsEnv = {
  SEND_CAP_PER_USER_PER_DAY: cap(10_000),
  SEND_CAP_PER_DAY: cap(100_000),
  ALLOWED_COUNTRIES: z
    .string()
    .regex(/^[A-Z]{2}( *, *[A-Z]{2})*$/, 'must be two-letter country codes such as US,CA')
    .transform((list) => list.split(',').map((code) => code.trim()))
    .optional(),
  GROUP_SIZE_CAP: cap(1_000),
  REPEAT_RECIPIENTS: cap(25),
  REPEAT_MINUTES: z.coerce.number().int().min(1).max(1_440).default(5),
  RELAY_CAP_PER_MINUTE: cap(30),
  RELAY_CAP_SAME_TEXT: cap(8),
}

export function readSendLimits(raw: z.output<z.ZodObject<typeof sendLimitsEnv>>): SendLimits {
  return {
    perUser: raw.SEND_CAP_PER_USER_PER_DAY,
    perAccount: raw.SEND_CAP_PER_DAY,
    countries: raw.ALLOWED_COUNTRIES ?? [],
    groupSize: raw.GROUP_SIZE_CAP,
    repeat: { recipients: raw.REPEAT_RECIPIENTS, minutes: raw.REPEAT_MINUTES },
    relaysPerMinute: raw.RELAY_CAP_PER_MINUTE,
    sameRelays: raw.RELAY_CAP_SAME_TEXT,
  }
}
