import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { withoutPrefix } from './channels.ts'

/**
 * Where a number belongs; undefined for what is no number, such as a Messenger id. A number that no
 * country has given out yet counts as the first of those that share its code: +1 is US.
 */
export function countryOf(address: string): string | undefined {
  const number = parsePhoneNumberFromString(withoutPrefix(address))
  return number?.country ?? number?.getPossibleCountries()[0]
}

/** Whether texts may go there. What is no phone number costs nothing by country. */
export function isAllowedCountry(address: string, countries: readonly string[]): boolean {
  if (countries.length === 0 || !withoutPrefix(address).startsWith('+')) return true
  const country = countryOf(address)
  return country !== undefined && countries.includes(country)
}
