import { cp, mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { chromium as findChromium } from '@partyline/standalone/chromium'
import { buildWeb } from '@partyline/standalone/web-build'
import { chromium } from 'playwright-core'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    chromiumPath: string
    webFolder: string
  }
}

const require = createRequire(import.meta.url)

/** A Chromium and the built dashboard, once for all stories. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cli = path.join(path.dirname(require.resolve('playwright-core/package.json')), 'cli.js')
  project.provide('chromiumPath', findChromium({ own: chromium.executablePath(), cli }))
  // A copy, so that building the dashboard again meanwhile changes nothing under the stories.
  const folder = await mkdtemp(path.join(os.tmpdir(), 'partyline-web-'))
  await cp(await buildWeb(), folder, { recursive: true })
  project.provide('webFolder', folder)
  return () => rm(folder, { recursive: true, force: true })
}
