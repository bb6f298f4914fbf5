import { expect, test } from 'vitest'
import { createTurns } from './turns.ts'

test('the same key waits for its turn, another does not', async () => {
  const turns = createTurns()
  const log: string[] = []
  const first = turns.take('ana')
  const second = turns.take('ana')
  const other = turns.take('ben')

  const waiting = second.ready.then(() => log.push('ana 2'))
  await other.ready
  log.push('ben')
  await first.ready
  log.push('ana 1')
  first.done()
  await waiting

  expect(log).toEqual(['ben', 'ana 1', 'ana 2'])
})

test('a key that nobody waits for starts anew', async () => {
  const turns = createTurns()
  turns.take('ana').done()

  await expect(turns.take('ana').ready).resolves.toBeUndefined()
})
