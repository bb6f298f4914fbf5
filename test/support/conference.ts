import type { Db } from '@partyline/db/client'
import { givenGroup } from './given.ts'
import type { RunningLine } from './run-line.ts'

/** A group of two, for what happens to a text on its way: Ana says it, Ben hears it. */
export const group = '+15558675310'
export const people = { '+14155550101': 'Ana', '+14155550102': 'Ben' }
export const [ana, ben] = Object.keys(people) as [string, string]

export const givenConference = (db: Db) => givenGroup(db, { address: group, members: people })

/** Their phones and the group's number, in the simulator. */
export function addPhones({ simulator }: RunningLine): void {
  simulator.addNumber({ address: group, name: 'Conference' })
  for (const [address, name] of Object.entries(people)) simulator.addPhone({ address, name })
}

/** What came to a phone, in its order. */
export function received({ simulator }: RunningLine, who = ben): string[] {
  return simulator
    .messagesOn(who)
    .filter((message) => !message.fromPhone)
    .map((message) => message.body)
}
