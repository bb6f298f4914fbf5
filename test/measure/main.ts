import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { connectPostgres } from '@partyline/db/client'
import { sizes } from '@partyline/db/seed/size'
import { chromium as findChromium } from '@partyline/standalone/chromium'
import { loadConfig } from '@partyline/standalone/config'
import { freePort } from '@partyline/standalone/free-port'
import { createStandalone } from '@partyline/standalone/standalone'
import { buildWeb } from '@partyline/standalone/web-build'
import { chromium } from 'playwright-core'
import { browserFlags } from '../support/browser.ts'
import { apiTimes } from './api-times.ts'
import { firstLoad } from './first-load.ts'
import { interactions } from './interactions.ts'
import { knowLines } from './know-lines.ts'
import { lineOf, type Measured, passes } from './measured.ts'
import { places } from './places.ts'
import { startSeeded } from './seeded-database.ts'
import { toDocument } from './to-document.ts'

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: 'large' },
    folder: { type: 'string', default: path.join(os.tmpdir(), 'partyline-measure') },
    only: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
})
const size = Object.keys(sizes).find((name) => name === values.size)
if (!size) throw new Error(`--size is one of: ${Object.keys(sizes).join(', ')}`)
const say = (text: string) => process.stdout.write(`${text}\n`)

await using resources = new AsyncDisposableStack()
const webFolder = await buildWeb()
const postgres = await startSeeded(values.folder, size as keyof typeof sizes, say)
resources.defer(() => postgres.stop())
const data = await mkdtemp(path.join(os.tmpdir(), 'partyline-measure-data-'))
resources.defer(() => rm(data, { recursive: true, force: true }))
const admin = { email: 'measure@example.com', password: 'correct horse battery' }
const config = loadConfig(
  {
    PORT: String(await freePort()),
    PARTYLINE_DATA: data,
    DATABASE_URL: postgres.url,
    ADMIN_EMAIL: admin.email,
    ADMIN_PASSWORD: admin.password,
  },
  data,
)
const product = createStandalone({ config, webFolder, demo: false })
resources.defer(() => product.stop())
const { publicUrl } = await product.start()
const sql = resources.adopt(connectPostgres(postgres.url, { name: 'measure', max: 1 }), (it) =>
  it.end({ timeout: 5 }),
)
await sql`create extension if not exists pg_stat_statements`

const require = createRequire(import.meta.url)
const cli = path.join(path.dirname(require.resolve('playwright-core/package.json')), 'cli.js')
const executablePath = findChromium({ own: chromium.executablePath(), cli })
const browser = await chromium.launch({ executablePath, args: browserFlags })
resources.defer(() => browser.close())

async function open() {
  const context = await browser.newContext({
    ...{ baseURL: publicUrl, locale: 'en-US', viewport: { width: 1440, height: 900 } },
  })
  await context.request.post('/api/session', { data: admin })
  return context
}

const context = await open()
await knowLines(publicUrl, context, sql)
const given = await places(context, sql, admin.email)
const parts: Record<string, () => Promise<Measured[]>> = {
  load: () => firstLoad(open),
  press: () => interactions(open, given),
  api: () => apiTimes(context, sql, given),
}
const rows: Measured[] = []
for (const [name, part] of Object.entries(parts)) {
  if (values.only && values.only !== name) continue
  for (const row of await part()) {
    rows.push(row)
    say(lineOf(row))
  }
}
const missed = rows.filter((row) => !passes(row)).length
say(`${rows.length} measured, ${missed} beyond their limit`)
if (values.write) {
  const file = fileURLToPath(new URL('../../docs/measured.md', import.meta.url))
  await writeFile(file, toDocument(rows))
}
process.exitCode = missed === 0 ? 0 : 1
