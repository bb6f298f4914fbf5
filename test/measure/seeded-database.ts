import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { connectPostgres, createDb } from '@partyline/db/client'
import { migrate } from '@partyline/db/migrate'
import { countHour, hourMs } from '@partyline/db/queries/count-hour'
import { seed } from '@partyline/db/seed/seed'
import { sizes } from '@partyline/db/seed/size'
import { startPostgres } from '@partyline/standalone/postgres'

const db = fileURLToPath(new URL('../../db', import.meta.url))

/** A Postgres with so much in it. What was made before is taken again, unless it would be made otherwise today. */
export async function startSeeded(
  folder: string,
  size: keyof typeof sizes,
  say: (text: string) => void,
) {
  const own = path.join(folder, size)
  const marker = path.join(own, 'seeded')
  const wanted = seedHash(size)
  const options = { folder: path.join(own, 'postgres'), password: 'measure' }
  if (!existsSync(marker) || readFileSync(marker, 'utf8') !== wanted) {
    await rm(own, { recursive: true, force: true })
    await mkdir(own, { recursive: true })
    const careless = await startPostgres({ ...options, durable: false })
    try {
      await migrate(careless.url)
      await seed(careless.url, sizes[size], (step) => say(`seeding: ${step}`))
      say('seeding: what Home shows')
      await countHours(careless.url)
      await preload(careless.url)
    } finally {
      await careless.stop()
    }
    await writeFile(marker, wanted)
  }
  return startPostgres({ ...options, durable: true })
}

/** As a dispatcher would have by and by: Home shows so many days, and compares them with as many before. */
async function countHours(url: string): Promise<void> {
  const sql = connectPostgres(url, { name: 'measure', max: 2 })
  const db = createDb(sql)
  const now = Math.floor(Date.now() / hourMs)
  const hours = Array.from({ length: 2 * 90 * 24 }, (_, back) => now - back).values()
  const countNext = async () => {
    for (const hour of hours) await countHour(db, new Date(hour * hourMs))
  }
  await Promise.all([countNext(), countNext()])
  await sql.end()
}

/** So that Postgres counts what each statement takes, from its next start on. */
async function preload(url: string): Promise<void> {
  const sql = connectPostgres(url, { name: 'measure', max: 1 })
  await sql`alter system set shared_preload_libraries = 'pg_stat_statements'`
  await sql.end()
}

function seedHash(size: string): string {
  const hash = createHash('sha256').update(size)
  for (const file of globSync(['migrations/*.sql', 'src/seed/*.ts'], { cwd: db }).toSorted()) {
    hash.update(file).update(readFileSync(path.join(db, file)))
  }
  return hash.digest('hex')
}
