import type { Check } from './connection-checks.ts'

type Line = Pick<WebSocket, 'addEventListener' | 'close'>

const patienceMs = 6_000

/** Opens a connection as the live updates do and waits for its first word, through whatever stands between. */
export async function tryLive(
  open: () => Line = () => new WebSocket('/socket.io/?EIO=4&transport=websocket'),
  patience = patienceMs,
): Promise<Check> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const begunAt = performance.now()
  const timer = setTimeout(() => resolve(false), patience)
  const line = open()
  line.addEventListener('message', () => resolve(true))
  for (const end of ['error', 'close'] as const) line.addEventListener(end, () => resolve(false))
  const passes = await promise
  clearTimeout(timer)
  line.close()
  const tookMs = Math.max(1, Math.round(performance.now() - begunAt))
  return passes ? good(tookMs) : bad
}

const good = (tookMs: number): Check => ({
  tone: 'ok',
  title: 'Web sockets pass',
  text: `Changes arrive by themselves at once. The first word came after ${tookMs} ms.`,
})

const bad: Check = {
  tone: 'warn',
  title: 'Web sockets do not pass',
  text: 'What stands between this browser and Partyline, mostly a proxy, stops them. This window polls instead: it asks for changes every few seconds. Have the proxy pass on /socket.io/ with the headers Upgrade and Connection, and keep quiet connections for a minute.',
}

export const trying: Check = {
  tone: 'busy',
  title: 'Trying web sockets',
  text: 'The answer is on its way.',
}
