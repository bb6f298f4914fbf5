import { createApi } from '@partyline/api/api'
import { loadConfig as apiConfig } from '@partyline/api/config'
import { loadConfig as dispatcherConfig } from '@partyline/dispatcher/config'
import { createDispatcher } from '@partyline/dispatcher/dispatcher'
import { loadConfig as ingressConfig } from '@partyline/ingress/config'
import { createIngress } from '@partyline/ingress/ingress'
import { createLog } from '@partyline/kit/log'
import type { Service } from '@partyline/kit/service'
import { loadConfig as realtimeConfig } from '@partyline/realtime/config'
import { createRealtime } from '@partyline/realtime/realtime'
import type { Connections } from './connections.ts'
import type { Tracings } from './open-tracings.ts'
import { type Door, doorOf } from './gateway.ts'

export interface Services {
  /** In the order to start them: nobody is let in before there is somebody to work. */
  all: Service[]
  doors: Record<string, Door>
}

export interface ServicesDeps {
  env: NodeJS.ProcessEnv
  connections: Connections
  tracings: Tracings
  /** Who may sign in first. */
  admin: { email: string; password: string } | undefined
  simulated: boolean
}

/** The services as production runs them, in this process and on shared connections. */
export function createServices(deps: ServicesDeps): Services {
  const { env, connections, tracings, admin, simulated } = deps
  const level = apiConfig(env).logLevel
  const log = (name: string) => createLog(name, level)
  const { redis, hasty, subscriber } = connections

  const dispatcher = createDispatcher({
    ...connections,
    db: connections.dbs.dispatcher,
    redis,
    config: dispatcherConfig(env),
    log: log('dispatcher'),
    tracing: tracings.dispatcher,
  })
  const ingress = createIngress({
    ...connections,
    db: connections.dbs.ingress,
    redis: hasty,
    config: ingressConfig(env),
    log: log('ingress'),
    tracing: tracings.ingress,
  })
  const realtime = createRealtime({
    ...connections,
    db: connections.dbs.realtime,
    redis: subscriber,
    publisher: hasty,
    config: realtimeConfig(env),
    log: log('realtime'),
  })
  const api = createApi({
    ...connections,
    db: connections.dbs.api,
    redis: hasty,
    config: { ...apiConfig(env), admin, simulated },
    log: log('api'),
    tracing: tracings.api,
  })
  return {
    all: [dispatcher, realtime, api, ingress],
    doors: {
      '/webhooks': doorOf(ingress.http.server),
      '/api': doorOf(api.http.server),
      '/socket.io': doorOf(realtime.http.server),
    },
  }
}
