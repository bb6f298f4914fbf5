import type { Db } from '@partyline/db/client'
import { deliveries } from '@partyline/db/schema/deliveries'
import { eq } from 'drizzle-orm'
import type { RunningLine } from '../support/run-line.ts'

export const group = '+15558675310'
export const people = { '+14155550101': 'Ana', '+14155550102': 'Ben', '+14155550103': 'Eva' }
export const [ana, ben, eva] = Object.keys(people) as [string, string, string]

/** The number and the phones, as the simulator has them. */
export function addPhones({ simulator }: RunningLine) {
  simulator.addNumber({ address: group, name: 'Conference' })
  for (const [address, name] of Object.entries(people)) simulator.addPhone({ address, name })
}

/** What a phone has received. */
export const bodiesOn = ({ simulator }: RunningLine, address: string) =>
  simulator
    .messagesOn(address)
    .filter((message) => !message.fromPhone)
    .map((message) => message.body)

export const delivered = (db: Db) => db.$count(deliveries, eq(deliveries.status, 'delivered'))
