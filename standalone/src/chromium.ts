import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { findProgram } from './find-program.ts'
import { say } from '@partyline/cli/print'
import { KnownError } from '@partyline/cli/known-error'
import { installSystemPackage } from './system-package.ts'

/** `own` is where a browser that Playwright fetched would be, and `fetch` fetches it. */
export interface PlaywrightBrowser {
  own: string
  cli: string
}

/** A Chromium for the browser tests: the machine's, else one that is installed now. */
export function chromium({ own, cli }: PlaywrightBrowser): string {
  const find = () =>
    findProgram('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable') ??
    (existsSync(own) ? own : undefined)
  const found = find()
  if (found) return found
  installSystemPackage({ 'apt-get': 'chromium', dnf: 'chromium', apk: 'chromium' })
  const installed = find()
  if (installed) return installed
  say('Fetching a browser for the tests …')
  spawnSync(process.execPath, [cli, 'install', 'chromium'], { stdio: 'ignore' })
  if (existsSync(own)) return own
  throw new KnownError(
    'The browser tests need Chromium, and it could not be installed: install it (Debian: sudo apt-get install chromium).',
  )
}
