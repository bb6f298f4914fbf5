import { type Channel, channelOf, onChannel } from '@partyline/contracts/channels'
import { AppError } from '@partyline/contracts/errors'
import { parseAddress } from '@partyline/contracts/phone'
import type { Db } from '@partyline/db/client'
import { isOwnLine } from '@partyline/db/queries/lines'
import { refuseCountry } from '@partyline/db/queries/refuse-country'
import type { Deps } from './deps.ts'

/** What people type as an address, or an error that says what to type. */
function readAddress(typed: string, defaultCountry: string): string {
  const address = parseAddress(typed, defaultCountry)
  if (address !== undefined) return address
  throw new AppError(
    'invalid_phone',
    'This is not a phone number. Type it with its area code, such as (415) 555-0100, or with + and the country code, such as +44 20 7946 0958.',
  )
}

/** As `readAddress`, for somebody who is to be texted: they are where texts may go. */
export function readRecipient(
  typed: string,
  { defaultCountry, limits }: Pick<Deps['config'], 'defaultCountry' | 'limits'>,
): string {
  const address = readAddress(typed, defaultCountry)
  refuseCountry(address, limits.countries)
  return address
}

/** The same person on a line's channel: a bare number texted from a WhatsApp line is a WhatsApp address. */
export function forChannel(address: string, channel: Channel): string {
  const given = channelOf(address)
  if (given === channel) return address
  if (given === 'sms' && channel === 'whatsapp') return onChannel(address, channel)
  const names = { sms: 'text messages', whatsapp: 'WhatsApp', messenger: 'Messenger' }
  throw new AppError(
    'invalid_phone',
    `This line is for ${names[channel]}, and the address is not. Choose another line or address.`,
  )
}

/** Two of our lines that text each other would never stop. */
export async function refuseOwnLine(db: Db, address: string): Promise<void> {
  if (await isOwnLine(db, address)) {
    throw new AppError(
      'invalid_phone',
      'This is the number of one of your own lines. Type the number of somebody outside.',
    )
  }
}

/** A Messaging Service stands for the numbers of its pool, so it is a line too. */
export function readLineAddress(
  typed: { address: string; channel?: Channel | undefined },
  defaultCountry: string,
): string {
  if (/^MG[0-9a-fA-F]{32}$/.test(typed.address)) return typed.address
  const address = readAddress(typed.address, defaultCountry)
  return typed.channel === undefined ? address : forChannel(address, typed.channel)
}
