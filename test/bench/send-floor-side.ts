import { connectPostgres } from '@partyline/db/client'
import { postgresCpuMs } from './postgres-cpu.ts'
import { makeSends, queueSends } from './send-crowd.ts'
import { cpuOf, expectOnce, texts } from './send-meter.ts'
import { type Child, startChild } from './send-process.ts'

/** The least that sends and knows what became of it, as a process of its own. */
export async function startFloor(databaseUrl: string, stub: Child, stubUrl: string) {
  await using starting = new AsyncDisposableStack()
  const pool = starting.adopt(connectPostgres(databaseUrl, { name: 'bench', max: 1 }), (it) =>
    it.end({ timeout: 5 }),
  )
  await makeSends(pool)
  const child = starting.use(startChild('send-floor.ts', { args: [databaseUrl, stubUrl] }))
  const cpu = cpuOf({ process: () => child.cpuMs(), postgres: postgresCpuMs(databaseUrl) })
  const resources = starting.move()
  return {
    cpu: cpu.per1000,
    async send(): Promise<number> {
      await stub.ask('forget')
      await queueSends(pool, texts)
      const perSecond = await cpu.during(() => child.ask('sendAll'))
      await expectOnce(stub)
      return perSecond
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}
