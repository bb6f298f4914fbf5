import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { channelOf, onChannel, withoutPrefix } from './channels.ts'

/**
 * Any spelling a person types → E.164, or undefined when it cannot be a phone number.
 * "Possible" rather than "valid": numbering plans move faster than metadata, and 555 numbers must work.
 */
function parsePhone(typed: string, defaultCountry: string): string | undefined {
  const number = parsePhoneNumberFromString(typed, defaultCountry as CountryCode)
  return number?.isPossible() ? number.number : undefined
}

/** As `parsePhone`, and keeps a channel prefix: `whatsapp:(555) 555-0100` → `whatsapp:+15555550100`. */
export function parseAddress(typed: string, defaultCountry: string): string | undefined {
  const trimmed = typed.trim()
  const channel = channelOf(trimmed)
  const bare = withoutPrefix(trimmed)
  if (channel === 'messenger') return /^\w{1,64}$/.test(bare) ? trimmed : undefined
  const phone = parsePhone(bare, defaultCountry)
  return phone && onChannel(phone, channel)
}

/** For people: `(555) 555-0100` at home in North America, `+44 20 7946 0958` elsewhere; other ids as they are. */
export function formatAddress(address: string): string {
  const bare = withoutPrefix(address)
  if (!bare.startsWith('+')) return bare
  const number = parsePhoneNumberFromString(bare)
  if (!number) return bare
  return number.countryCallingCode === '1' ? number.formatNational() : number.formatInternational()
}
