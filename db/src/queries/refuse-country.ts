import { isAllowedCountry } from '@partyline/contracts/country'
import { AppError } from '@partyline/contracts/errors'

export function refuseCountry(address: string, countries: readonly string[]): void {
  if (isAllowedCountry(address, countries)) return
  throw new AppError(
    'country_not_allowed',
    `Texts go only to ${countries.join(', ')}, and this number belongs elsewhere. Whoever runs Partyline can allow more (ALLOWED_COUNTRIES).`,
  )
}
