import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { cannotMount, fill, makeRoom } from '../disk.ts'
import type { Hub } from '../hub.ts'
import type { Chaos, Scenario } from '../scenario.ts'

type Store = 'postgres' | 'redis'

export const t30: Scenario = {
  id: 'T30',
  title: 'the disks of both stores are full, then one at a time: no 2xx for what is not on a disk',
  seconds: 32,
  disks: { postgres: 160, redis: 64 },
  unlisted: true,
  cannotRun: cannotMount,
  async faults(chaos) {
    const { loader, wait, problems } = chaos
    const refused = () => loader.statuses['503'] ?? 0
    await wait(4_000)
    await whileFull(chaos, ['redis', 'postgres'])
    if (refused() === 0) problems.push('no webhook was refused though neither store had room')
    await wait(4_000)
    const before = refused()
    await whileFull(chaos, ['redis'])
    await wait(3_000)
    await whileFull(chaos, ['postgres'])
    const more = refused() - before
    if (more > 0) problems.push(`${more} webhooks were refused though one store had room`)
  },
}

async function whileFull({ hub, wait }: Chaos, stores: Store[]): Promise<void> {
  for (const store of stores) fill(path.join(hub.folder, store))
  await wait(2_500)
  if (stores.includes('postgres')) await endLogFile(hub)
  await wait(2_500)
  for (const store of stores) {
    makeRoom(path.join(hub.folder, store))
    await revive(hub, store)
  }
}

/** Postgres writes into the room that its log has; when that is used up, it ends. */
async function endLogFile({ db }: Hub): Promise<void> {
  await db.execute(sql`select pg_switch_wal()`).catch(() => undefined)
}

/** A store that found no room has ended by itself, or is about to. */
async function revive({ stores }: Hub, store: Store): Promise<void> {
  for (let look = 0; look < 5; look += 1) {
    await stores[store].start()
    await pause(200)
  }
}
