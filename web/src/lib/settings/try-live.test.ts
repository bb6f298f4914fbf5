import { expect, test } from 'vitest'
import { tryLive } from './try-live.ts'

function givenLine(says: string | undefined) {
  const line = Object.assign(new EventTarget(), { closed: 0, close: () => (line.closed += 1) })
  if (says !== undefined) queueMicrotask(() => line.dispatchEvent(new Event(says)))
  return line as unknown as WebSocket & { closed: number }
}

test.for([
  ['message', 'ok'],
  ['error', 'warn'],
  ['close', 'warn'],
  [undefined, 'warn'],
] as const)(
  'of a web socket that first says %s it is told %s, and it is closed',
  async ([says, tone]) => {
    const line = givenLine(says)

    const check = await tryLive(() => line, 20)

    expect(check.tone).toBe(tone)
    expect(line.closed).toBe(1)
  },
)
