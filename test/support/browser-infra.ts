import { createRequire } from 'node:module'
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
export default async function setup(project: TestProject): Promise<void> {
  const cli = path.join(path.dirname(require.resolve('playwright-core/package.json')), 'cli.js')
  project.provide('chromiumPath', findChromium({ own: chromium.executablePath(), cli }))
  project.provide('webFolder', await buildWeb())
}
