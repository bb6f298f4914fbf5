import type { AddressInfo } from 'node:net'
import type { ClientToServer, FeedEvent, ServerToClient } from '@partyline/contracts/feed'
import { createSessionCookie } from '@partyline/kit/session-cookie'
import { connectRedis } from '@partyline/kit/redis'
import { createDoorbell } from '@partyline/kit/doorbell'
import { createRealtime } from '@partyline/realtime/realtime'
import { io, type Socket } from 'socket.io-client'
import { redisOf, type Stack } from '../../support/stack.ts'

export const publicUrl = 'http://partyline.test'
const cookies = createSessionCookie(publicUrl)
export const cookieOf = (token: string) => `${cookies.name}=${token}`

/** One node of the realtime service, listening on a port of its own. */
export async function runRealtime(stack: Stack) {
  await using starting = new AsyncDisposableStack()
  const { log, prefix } = stack
  const db = stack.dbs.realtime
  const redis = starting.adopt(connectRedis(redisOf(stack), 'worker', log), (it) => it.disconnect())
  const publisher = starting.adopt(connectRedis(redisOf(stack), 'producer', log), (it) =>
    it.disconnect(),
  )
  const config = { publicUrl, redis: { prefix } }
  const realtime = createRealtime({ config, log, db, redis, publisher })
  starting.defer(() => realtime.stop())
  await realtime.start()
  await realtime.http.listen({ port: 0, host: '127.0.0.1' })
  const { port } = realtime.http.server.address() as AddressInfo
  const resources = starting.move()
  return {
    http: realtime.http,
    port,
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

export function bellOf({ redis, prefix, log }: Stack): () => void {
  const bell = createDoorbell(redis, prefix, 'feed', log)
  return () => bell.ring()
}

/** What a signed-in browser tab gets to hear. */
export interface Browser extends Disposable {
  socket: Socket<ServerToClient, ClientToServer>
  events: FeedEvent[]
  heads: string[]
  /** Whether the server allows it. */
  follow(conversationId: string): Promise<boolean>
  types(): string[]
}

/** Why this socket was closed, once it is. */
export async function closingOf({ socket }: Browser): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  socket.once('disconnect', resolve)
  return promise
}

export async function openBrowser(
  port: number,
  token: string,
  origin = publicUrl,
): Promise<Browser> {
  const socket: Browser['socket'] = io(`http://127.0.0.1:${port}`, {
    transports: ['websocket'],
    extraHeaders: { origin, cookie: cookieOf(token) },
    forceNew: true,
    reconnectionDelay: 10,
    reconnectionDelayMax: 50,
  })
  const events: FeedEvent[] = []
  const heads: string[] = []
  socket.on('feed', (event) => events.push(event))
  socket.on('head', ({ cursor }) => heads.push(cursor))
  const { promise, resolve } = Promise.withResolvers<undefined>()
  socket.once('head', () => resolve(undefined))
  await promise
  return {
    socket,
    events,
    heads,
    async follow(id) {
      const answered = Promise.withResolvers<boolean>()
      socket.emit('follow', id, ({ ok }) => answered.resolve(ok))
      return answered.promise
    },
    types: () => events.map(({ type }) => type),
    [Symbol.dispose]: () => socket.disconnect(),
  }
}
