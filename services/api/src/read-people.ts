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
  no_phone: 'There is no number.',
  invalid_phone: 'This is not a phone number.',
  own_line: 'This is the number of one of your own lines.',
  country_not_allowed: 'Texts do not go to this country. An administrator can have it allowed.',
  wrong_channel: 'This address is not one that the line can text.',
  repeated: 'This number is in the list twice.',
  group_full: 'The group is full.',
  not_yours: 'Another user has a contact with this number.',
}

/** One row as far as it can be read: whom it means, or what is wrong with it. */
export type ReadRow = { row: number; name: string } & (
  | { address: string; refusal: undefined }
  | { address: string | null; refusal: Refusal; reason?: string }
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
    if (phone === '') return { row, name, address: null, refusal: 'no_phone' }
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
  const nameOf = new Map<string, string>()
  return read.map((row): ReadRow => {
    if (row.refusal !== undefined) return row
    if (own.has(row.address)) return { ...row, refusal: 'own_line' }
    const before = nameOf.get(row.address)
    if (before !== undefined) return { ...row, refusal: 'repeated', ...sameAs(before) }
    nameOf.set(row.address, row.name)
    return row
  })
}

/** Said by name: where the lists are shown, those with a problem are first. */
const sameAs = (name: string) =>
  name === '' ? {} : { reason: `The same number as “${name}” in this list.` }

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
  { row, address, reason }: { row: number; address: string | null; reason?: string | undefined },
  verdict: Verdict | Refusal,
) {
  return {
    row,
    address,
    displayAddress: address && formatAddress(address),
    verdict,
    reason: isRefusal(verdict) ? (reason ?? reasons[verdict]) : null,
  }
}

const isRefusal = (verdict: string): verdict is Refusal => Object.hasOwn(reasons, verdict)
