import os from 'node:os'
import { inRounds, type Show } from './rounds.ts'
import { startFloor } from './send-floor-side.ts'
import { startChild } from './send-process.ts'
import { lines, startSide } from './send-side.ts'

interface Given {
  databaseUrl: string
  redisUrl: string
  show: Show
}

const rounds = 5

/** Sending by whole dispatchers against the least that a program has to do to send as many. */
export async function sending({ databaseUrl, redisUrl, show }: Given): Promise<void> {
  await using resources = new AsyncDisposableStack()
  const stub = resources.use(startChild('send-stub.ts'))
  const stubUrl = String(await stub.ask('listen'))
  const floor = resources.use(await startFloor(databaseUrl, stub, stubUrl))
  // Each on a database of its own, so that the others sleep while one works.
  const one = resources.use(await startSide('one', 1, { databaseUrl, redisUrl, stub, stubUrl }))
  const two = resources.use(await startSide('two', 2, { databaseUrl, redisUrl, stub, stubUrl }))

  const result = await inRounds(rounds, {
    floor: () => floor.send(),
    one: () => one.send('single'),
    lines: () => one.send('several'),
    two: () => two.send('single'),
  })

  const rate = (value: number) => `${Math.round(value)} /s`
  show('sending, claim, POST, result', rate(result.floor), 1, 'floor')
  show('sending, one dispatcher', rate(result.one), result.one / result.floor, '>= 0.60')
  show(`  the same, ${lines} lines`, rate(result.lines), result.lines / result.floor, '>= 0.60')
  const goal = `>= 1.5 of one, with cores: ${os.availableParallelism()} here`
  show('sending, two dispatchers', rate(result.two), result.two / result.one, goal)
  for (const [who, name] of cpuUsers) {
    const ms = (value: number) => `${value.toFixed(0)} ms`
    const [least, ours] = [floor.cpu(who), one.cpu(who)]
    show(`  CPU of ${name} for 1,000, floor`, ms(least), 1, 'to compare')
    show(`  CPU of ${name} for 1,000, ours`, ms(ours), least / ours, 'to compare')
  }
}

const cpuUsers = [
  ['process', 'the process'],
  ['postgres', 'Postgres'],
] as const
