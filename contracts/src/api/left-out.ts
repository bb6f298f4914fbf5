import { z } from 'zod'

/** Of texts that are sent again together, how many are left out, as they would fail. */
export const leftOut = {
  /** Free text on WhatsApp or Messenger: the contact’s last message is more than 24 hours old. */
  late: z.number().int(),
  /** Templates that are no longer approved, or no longer in the Twilio account. */
  withdrawn: z.number().int(),
}
