import { groupEndpoints } from '@partyline/contracts/api/groups'
import { lineEndpoints } from '@partyline/contracts/api/lines'
import type { ApiClient } from '@partyline/cli/demo/api-client'
import type { Phone, Phones } from './phones.ts'

interface Running {
  api: ApiClient
  product: { phones: Phones }
}

/** A line that both Partyline and the simulated account know. */
export async function givenLine(
  { api, product }: Running,
  address: string,
  { name = 'Front desk', mode = 'inbox' }: { name?: string; mode?: 'inbox' | 'group' } = {},
) {
  await product.phones.addLine(address, name)
  const body = { address, name, mode, autoReply: null }
  return api.call(lineEndpoints.create, { body })
}

/** A group on a line of its own, with a phone for each member; joining is not announced. */
export async function givenGroup(
  running: Running,
  address: string,
  { name, members }: { name: string; members: Record<string, string> },
) {
  const { api, product } = running
  const line = await givenLine(running, address, { name, mode: 'group' })
  const { id } = await api.call(groupEndpoints.create, { body: { name, lineId: line.id } })
  await api.call(groupEndpoints.change, { params: { id }, body: { announce: false } })
  const phones = new Map<string, Phone>()
  for (const [who, phone] of Object.entries(members)) {
    phones.set(who, await product.phones.add(phone, who))
    await api.call(groupEndpoints.addMember, { params: { id }, body: { name: who, phone } })
  }
  return {
    ...{ id, line },
    phone(who: string) {
      const phone = phones.get(who)
      if (!phone) throw new Error(`${who} is not in this group`)
      return phone
    },
  }
}
