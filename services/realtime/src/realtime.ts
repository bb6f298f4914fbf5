import { Server } from 'socket.io'
import type { Db } from '@partyline/db/client'
import { ping } from '@partyline/db/queries/ping'
import type { FeedBatch } from '@partyline/db/queries/read-feed'
import { onDoorbell } from '@partyline/kit/doorbell'
import { healthRoutes } from '@partyline/kit/health'
import { createHttp, type Http } from '@partyline/kit/http'
import type { Logger } from '@partyline/kit/log'
import { reasonOf } from '@partyline/kit/reason'
import type { Redis } from '@partyline/kit/redis'
import type { Service } from '@partyline/kit/service'
import { watchStores } from '@partyline/kit/watch-stores'
import type { Config } from './config.ts'
import { createFeedTail } from './feed-tail.ts'
import { serveFollowing } from './follow.ts'
import { createHandshake } from './handshake.ts'
import { createPresence } from './presence.ts'
import { createRealtimeMetrics } from './realtime-metrics.ts'
import { relay } from './relay.ts'
import { createSessionWatch } from './session-watch.ts'
import { room, type Sockets } from './sockets.ts'
import { serveWatching } from './watch.ts'

export interface Deps {
  config: Pick<Config, 'publicUrl'> & { redis: Pick<Config['redis'], 'prefix'> }
  log: Logger
  db: Db
  /** A connection of its own, in worker patience: it will be subscribed. */
  redis: Redis
  /** In producer haste: presence that cannot be told at once is not worth telling. */
  publisher: Redis
}

const headEveryMs = 10_000

/**
 * Relays the feed to browsers. Holds no truth: a browser that missed something reads it from the api.
 *
 * `http` listens only if told to. A gateway in the same process can instead hand its own requests over,
 * by emitting `request` and `upgrade` on `http.server`.
 */
export function createRealtime(deps: Deps): Service & { http: Http } {
  const { config, log, db, redis, publisher } = deps
  const http = createHttp(log)
  const metrics = createRealtimeMetrics({
    db,
    cursor: () => tail.cursor,
    sockets: () => sockets.of('/').sockets.size,
  })
  healthRoutes(http, { postgres: () => ping(db) }, metrics.metrics)
  watchStores(metrics.metrics, { postgres: () => ping(db), redis: () => redis.ping() })
  const handshake = createHandshake({ db, log, metrics, publicUrl: config.publicUrl })
  const sockets = createSockets(http, handshake.admit)

  const tellHead = () => sockets.emit('head', { cursor: tail.cursor })
  const tail = createFeedTail({
    db,
    log,
    take({ announcements }: FeedBatch, ageMs) {
      for (const announcement of announcements) relay(sockets, announcement)
      tellHead()
      metrics.relayed(announcements.length, ageMs)
    },
    // Their next connect catches up from their own cursor, and learns there that it is gone.
    lost: () => sockets.of('/').sockets.forEach((socket) => socket.conn.close()),
  })
  const sessionWatch = createSessionWatch({ db, log, sockets })
  const { prefix } = config.redis
  const presence = createPresence({ sockets, log, wire: { redis, publisher, prefix } })
  sockets.on('connection', (socket) => {
    const session = handshake.sessionOf(socket.request)
    if (!session) return void socket.disconnect(true)
    socket.data.session = session
    void socket.join(room.ofUser(session.user.id))
    const tell = (conversationId: string) => presence.tell(socket, conversationId)
    serveFollowing(socket, { db, log, onfollow: tell })
    serveWatching(socket, { db, log, onwatch: tell })
    presence.serve(socket)
    socket.emit('head', { cursor: tail.cursor })
  })

  let heads: NodeJS.Timeout | undefined
  return {
    http,
    async start() {
      await http.ready()
      await tail.start()
      await sessionWatch.start()
      await presence.start()
      heads = setInterval(tellHead, headEveryMs)
      // Not waited for: without Redis the feed is a second late, and that is all.
      onDoorbell(redis, prefix, 'feed', tail.look).catch((error: unknown) => {
        log.warn({ reason: reasonOf(error) }, 'not listening for the doorbell')
      })
    },
    async stop() {
      clearInterval(heads)
      await Promise.all([tail, sessionWatch, presence].map((service) => service.stop()))
      await sockets.close()
      await http.close()
    },
  }
}

/** The options are argued in docs/adr/0004: no adapter, no recovery of Socket.IO's own, the feed does both. */
function createSockets(
  http: Http,
  allowRequest: ReturnType<typeof createHandshake>['admit'],
): Sockets {
  return new Server(http.server, {
    path: '/socket.io',
    transports: ['websocket'],
    allowRequest,
    serveClient: false,
    maxHttpBufferSize: 16_384,
    connectTimeout: 10_000,
    pingInterval: 10_000,
    pingTimeout: 10_000,
    perMessageDeflate: false,
  })
}
