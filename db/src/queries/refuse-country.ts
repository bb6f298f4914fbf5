import { isAllowedCountry } from '@partyline/contracts/country'
import { AppError } from '@partyline/contracts/errors'

export function refuseCountry(address: string, countries: readonly string[]): void {
  if (isAllowedCountry(address, countries)) return
  throw new AppError(
    'country_not_allowed',
    `Texts may go to ${named(countries)}, and this number belongs elsewhere. To text it, ask an administrator to allow its country: the list is in Settings under Connection.`,
  )
}

function named(countries: readonly string[]): string {
  const names = new Intl.DisplayNames('en', { type: 'region' })
  const list = new Intl.ListFormat('en', { type: 'disjunction' })
  return list.format(countries.map((country) => names.of(country) ?? country))
}
