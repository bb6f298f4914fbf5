import { expect } from 'vitest'
import { runService } from '../../support/run-service.ts'
import { test } from '../../support/stack.ts'

/** Fails where nobody awaits it, as a mistake of ours would, with somebody's number in the message. */
const failing = (how: string) => {
  const error = `Object.assign(new Error('insert failed, params: +1555' + '5550100'), { cause: new Error('torn') })`
  const code = `process.on('SIGUSR2', () => { ${how.replace('error', error)} })`
  return ['--import', `data:text/javascript,${encodeURIComponent(code)}`]
}
const asThrown = failing('throw error')
const asRejected = failing('void Promise.reject(error)')

test.for([
  { service: 'ingress', args: asThrown },
  { service: 'ingress', args: asRejected },
  { service: 'dispatcher', args: asRejected },
  { service: 'realtime', args: asThrown },
  { service: 'api', args: asRejected },
] as const)(
  'S46: the $service takes no more work after a failure nobody awaited, and ends in order for a fresh one',
  async ({ service, args }, { stack }) => {
    await using running = await runService(service, stack, { args })
    await expect.poll(running.said, { timeout: 40_000 }).toContain('"msg":"started"')
    expect((await fetch(`${running.url}/healthz`)).status).toBe(200)

    running.kill('SIGUSR2')

    expect(await running.code()).toBe(1)
    const lines = running.said().trim().split('\n')
    const entries = lines.map((line) => JSON.parse(line) as { level: number; msg: string })
    expect(entries.filter(({ level }) => level === 60)).toMatchObject([
      {
        msg: 'failed outside of any request or job',
        reason: expect.stringMatching(/^Error: torn\n +at /) as string,
      },
    ])
    expect(entries.at(-1)?.msg).toBe('stopped')
    expect(running.said()).not.toContain('5555550100')
    // Without an admin the api says how to make one, and no link that would do.
    expect(running.said()).not.toMatch(/setup\?|token/)
    await expect(fetch(`${running.url}/readyz`)).rejects.toThrow()
  },
)
