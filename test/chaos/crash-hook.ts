import { subscribe } from 'node:diagnostics_channel'
import { existsSync, writeSync } from 'node:fs'

/**
 * Loaded into a service by the suite alone (`node --import`). `CRASH_AT=D3:4` ends the process there as a
 * power cut would, at the fourth passing, unless the file in `CRASH_UNTIL` says that it is enough.
 */
const { NODE_ENV, CRASH_AT, CRASH_UNTIL = '' } = process.env

if (NODE_ENV === 'test-chaos' && CRASH_AT !== undefined) {
  const [point = '', passing] = CRASH_AT.split(':')
  let left = Number(passing)
  subscribe(`partyline:${point}`, () => {
    left -= 1
    if (left > 0 || existsSync(CRASH_UNTIL)) return
    writeSync(2, `crashed at ${point}\n`)
    process.kill(process.pid, 'SIGKILL')
  })
}
