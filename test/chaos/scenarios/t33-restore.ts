import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import type { Hub } from '../hub.ts'
import { readCreated } from '../judge.ts'
import type { Scenario } from '../scenario.ts'

/** Texts that wait when the copy is made, and callbacks that come after it was put back. */
const misbehave = { tooManyRequests: 0.2, failAfter: 0.05, delayCallbacksMs: 6_000 }

export const t33: Scenario = {
  id: 'T33',
  title:
    'a copy of the database from ten seconds ago is put back, with an empty Redis: nothing goes out again',
  seconds: 32,
  // Each is looked up by itself, twice if it is not there.
  textsPerSecond: 4,
  misbehave,
  async faults({ hub, loader, wait }) {
    await wait(5_000)
    await copyDatabase(hub)
    await wait(9_000)
    await putBack(hub, () => loader.giveUp())
  },
  also: async (hub) => {
    const seen = readCreated(hub.simulatorFile).map(
      ({ sender, recipient, body }) => `${sender} ${recipient} ${body}`,
    )
    const doubled = seen.length - new Set(seen).size
    const [row] = await hub.db.execute<{ held: boolean; reconciled: boolean }>(sql`
      select exists (select from breakers) as held,
        exists (select from backfills where reconcile_before is not null) as reconciled
    `)
    return [
      ...(doubled ? [`${doubled} texts came to a phone twice`] : []),
      ...(row?.held ? ['sending is held still'] : []),
      ...(row?.reconciled ? [] : ['nobody noticed that an old copy was put back']),
    ]
  },
}

const copyOf = (folder: string) => path.join(folder, 'copy')
const dataOf = (folder: string) => path.join(folder, 'postgres')

async function copyDatabase({ stores, folder }: Hub): Promise<void> {
  await stores.postgres.kill()
  execFileSync('cp', ['-a', dataOf(folder), copyOf(folder)])
  await stores.postgres.start()
}

/** Everything ends at once, and begins with the copy; that takes longer than Twilio tries. */
async function putBack({ stores, folder, processes, db }: Hub, giveUp: () => void): Promise<void> {
  await Promise.all(processes.map((process) => process.stop('SIGKILL')))
  await Promise.all([stores.postgres.kill(), stores.redis.kill()])
  rmSync(path.join(folder, 'redis'), { recursive: true })
  rmSync(dataOf(folder), { recursive: true })
  execFileSync('cp', ['-a', copyOf(folder), dataOf(folder)])
  await Promise.all([stores.postgres.start(), stores.redis.start()])
  // Half a minute without a dispatcher makes it look; the copy is made to be older than it is.
  await db.execute(sql`update dispatchers set seen_at = seen_at - interval '1 minute'`)
  giveUp()
  for (const process of processes) process.start()
}
