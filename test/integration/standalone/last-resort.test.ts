import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'

const signals = new URL('../../../standalone/src/signals.ts', import.meta.url).href

test('S46: a failure nobody awaited stops the product in order, with 1 and no values', async () => {
  const program = `
    import { untilStopped } from ${JSON.stringify(signals)}
    setTimeout(() => { throw new Error('params: +1555' + '5550100', { cause: new Error('torn') }) })
    await untilStopped()
    console.log('stores stopped')
    process.exit()
  `
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'exit')
  const [said, complained] = await Promise.all([text(child.stdout), text(child.stderr)])

  expect((await ended)[0]).toBe(1)
  expect(said).toBe('stores stopped\n')
  expect(complained).toContain('Start Partyline again.\nError: torn\n')
  expect(complained).not.toContain('5555550100')
})
