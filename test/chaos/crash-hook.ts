import { writeSync } from 'node:fs'
import { subscribe } from 'node:diagnostics_channel'

/**
 * Loaded into a service by the suite alone (`node --import`). `CRASH_AT=D3:0.02,D4:0.02` ends the process
 * there as a power cut would, with that chance at each passing, until SIGUSR2 says that it is enough.
 */
const wanted = process.env['NODE_ENV'] === 'test-chaos' ? (process.env['CRASH_AT'] ?? '') : ''

let armed = wanted !== ''
if (armed) process.on('SIGUSR2', () => void (armed = false))

for (const entry of wanted.split(',').filter(Boolean)) {
  const [point = '', chance = '1'] = entry.split(':')
  subscribe(`partyline:${point}`, () => {
    if (!armed || Math.random() >= Number(chance)) return
    writeSync(2, `crashed at ${point}\n`)
    process.kill(process.pid, 'SIGKILL')
  })
}
