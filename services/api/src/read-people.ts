import type { Person, Refusal } from '@partyline/contracts/api/bulk-people'
import type { Channel } from '@partyline/contracts/channels'
import { isAllowedCountry } from '@partyline/contracts/country'
import { AppError } from '@partyline/contracts/errors'
import { formatAddress, parseAddress } from '@partyline/contracts/phone'
import { ownLinesAmong } from '@partyline/db/queries/lines'
import type { RouteDeps } from './deps.ts'
import { forChannel } from './phones.ts'

const reasons: Record<Refusal, string> = {
  no_name: 'There is no name.',
  invalid_phone: 'This is not a phone number.',
  own_line: 'This is the number of one of your own lines.',
  country_not_allowed: 'Texts do not go to this country. An administrator can have it allowed.',
  wrong_channel: 'This address is not one that the line can text.',
  repeated: 'The same number is further up in the list.',
  group_full: 'The group is full.',
  not_yours: 'Another user has a contact with this number.',
}

/** One row as far as it can be read: whom it means, or what is wrong with it. */
export type ReadRow = { row: number; name: string } & (
  { address: string; refusal: undefined } | { address: string | null; refusal: Refusal }
)

interface Reading {
  people: readonly Person[]
  /** Of the line that is to text them; undefined: any. */
  channel?: Channel
  needsName: boolean
}

/** Every row by itself, so that one that is wrong keeps nobody else out. */
export async function readPeople(
  { db, config }: Pick<RouteDeps, 'db' | 'config'>,
  { people, channel, needsName }: Reading,
): Promise<ReadRow[]> {
  const read = people.map(({ name, phone }, row): ReadRow => {
    const typed = parseAddress(phone, config.defaultCountry)
    if (typed === undefined) return { row, name, address: null, refusal: 'invalid_phone' }
    const address = channel === undefined ? typed : onLine(typed, channel)
    if (address === undefined) return { row, name, address: typed, refusal: 'wrong_channel' }
    if (needsName && name === '') return { row, name, address, refusal: 'no_name' }
    const allowed = isAllowedCountry(address, config.limits.countries)
    return allowed
      ? { row, name, address, refusal: undefined }
      : { row, name, address, refusal: 'country_not_allowed' }
  })
  const own = await ownLinesAmong(
    db,
    read.flatMap(({ address }) => address ?? []),
  )
  const seen = new Set<string>()
  return read.map((row): ReadRow => {
    if (row.refusal !== undefined) return row
    if (own.has(row.address)) return { ...row, refusal: 'own_line' }
    if (seen.has(row.address)) return { ...row, refusal: 'repeated' }
    seen.add(row.address)
    return row
  })
}

function onLine(address: string, channel: Channel): string | undefined {
  try {
    return forChannel(address, channel)
  } catch (error) {
    if (error instanceof AppError) return undefined
    throw error
  }
}

/** Those whom nothing keeps out. */
export function readable(rows: readonly ReadRow[]): { name: string; address: string }[] {
  return rows.flatMap((row) =>
    row.refusal === undefined ? [{ name: row.name, address: row.address }] : [],
  )
}

/** A row with its verdict, as the contract wants it. */
export function verdictOf<Verdict extends string>(
  { row, address }: Pick<ReadRow, 'row' | 'address'>,
  verdict: Verdict | Refusal,
) {
  return {
    row,
    address,
    displayAddress: address && formatAddress(address),
    verdict,
    reason: isRefusal(verdict) ? reasons[verdict] : null,
  }
}

const isRefusal = (verdict: string): verdict is Refusal => Object.hasOwn(reasons, verdict)
