import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Scenario } from '../scenario.ts'

/** Where Debian keeps it. */
const library = [
  '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1',
  '/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1',
  '/usr/lib/faketime/libfaketimeMT.so.1',
].find((file) => existsSync(file))

const clockOf = (folder: string) => path.join(folder, 'clock')
const steps = ['+300s', '-300s', '+0']

export const t31: Scenario = {
  id: 'T31',
  title: 'the clock of one dispatcher of two is set five minutes ahead, then back, while it runs',
  seconds: 30,
  misbehave: { failAfter: 0.03, failBefore: 0.03, tooManyRequests: 0.05 },
  cannotRun: () => (library ? undefined : 'install faketime (Debian: apt-get install faketime)'),
  dispatcherEnv(index, folder) {
    if (index !== 0 || !library) return {}
    writeFileSync(clockOf(folder), '+0\n')
    return {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: clockOf(folder),
      FAKETIME_NO_CACHE: '1',
      // Only what is set can be set back: this one counts from the start of the machine.
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      DONT_FAKE_MONOTONIC: '1',
    }
  },
  async faults({ hub, every }) {
    let turn = 0
    await every(4_000, () => {
      writeFileSync(clockOf(hub.folder), `${steps[turn++ % steps.length] ?? ''}\n`)
    })
  },
}
