import type { accountEndpoints } from '@partyline/contracts/api/account'
import type { z } from 'zod'
import type { Deps } from './deps.ts'

type Setting = z.output<typeof accountEndpoints.settings.reply>['items'][number]

/** What was read at start. The token is none of this service's business: only that one is needed is known. */
export function listSettings({
  publicUrl,
  accountSid,
  simulated,
  defaultCountry,
  limits,
}: Deps['config']): Setting[] {
  const shown = (name: string, about: string, value: string | null) => ({
    ...{ name, about, value },
    secret: false,
  })
  const cap = (count: number) => (count === Infinity ? 'no limit' : String(count))
  return [
    shown('PUBLIC_URL', 'What Twilio is told, and what signatures are checked against', publicUrl),
    shown('TWILIO_ACCOUNT_SID', 'The account', simulated ? null : accountSid),
    {
      ...{ name: 'TWILIO_AUTH_TOKEN', about: 'What proves both sides to each other' },
      ...{ value: null, secret: !simulated },
    },
    shown('DEFAULT_COUNTRY', 'For numbers typed without a country code', defaultCountry),
    shown('ALLOWED_COUNTRIES', 'Where texts may go', limits.countries.join(', ') || 'everywhere'),
    shown('SEND_CAP_PER_DAY', 'Segments of everybody in a day', cap(limits.perAccount)),
    shown('SEND_CAP_PER_USER_PER_DAY', 'Segments of one user in a day', cap(limits.perUser)),
    shown('GROUP_SIZE_CAP', 'Members of one group', cap(limits.groupSize)),
  ]
}
