import { randomInt } from 'node:crypto'
import { parseAddress } from '@partyline/contracts/phone'
import { AppError } from '@partyline/contracts/errors'
import type { Simulation } from '../simulation.ts'
import type { Behaviour, PhoneRow } from '../store/phones.ts'

export interface NewPhone {
  /** In any spelling, with its channel's prefix. */
  address: string
  name: string
}

/** A virtual phone, unless the address has one. */
export function addPhone(sim: Simulation, { address, name }: NewPhone): PhoneRow {
  const parsed = readAddress(sim, address)
  const phone = sim.store.phones.byAddress(parsed)
  if (phone) return phone
  const added = sim.store.phones.insert(parsed, name, sim.now())
  sim.broadcast.publish({ type: 'setup' })
  return added
}

export function addNewPhone(sim: Simulation, phone: NewPhone): PhoneRow {
  const address = readAddress(sim, phone.address)
  if (sim.store.phones.byAddress(address)) {
    throw new AppError('already_exists', 'There is already a phone with this number.')
  }
  if (sim.store.numbers.byAddress(address)) {
    throw new AppError('already_exists', 'This number is a line of Partyline.')
  }
  return addPhone(sim, { ...phone, address })
}

export function findPhone(sim: Simulation, id: number): PhoneRow {
  const phone = sim.store.phones.find(id)
  if (!phone) throw new AppError('not_found', 'There is no such phone.')
  return phone
}

export function changePhone(
  sim: Simulation,
  id: number,
  changes: { name?: string | undefined; behaviour?: Behaviour | undefined },
): PhoneRow {
  const { name, behaviour } = findPhone(sim, id)
  const changed = sim.store.phones.update(id, changes.name ?? name, changes.behaviour ?? behaviour)
  if (!changed) throw new AppError('not_found', 'There is no such phone.')
  sim.broadcast.publish({ type: 'setup' })
  return changed
}

export function removePhone(sim: Simulation, id: number): void {
  if (!sim.store.phones.remove(id)) throw new AppError('not_found', 'There is no such phone.')
  sim.broadcast.publish({ type: 'setup' })
}

/** A number nobody has, from the range kept free for fiction. */
export function suggestNumber(sim: Simulation): string {
  const free = () => `+1555555${String(randomInt(10_000)).padStart(4, '0')}`
  for (let tries = 0; tries < 100; tries += 1) {
    const number = free()
    if (!sim.store.phones.byAddress(number) && !sim.store.numbers.byAddress(number)) return number
  }
  return free()
}

function readAddress(sim: Simulation, typed: string): string {
  const address = parseAddress(typed, sim.config.defaultCountry)
  if (!address) throw new AppError('invalid_phone', 'This is not a phone number we understand.')
  return address
}
