import path from 'node:path'
import type { Config } from '@partyline/dispatcher/config'
import { createDispatcher } from '@partyline/dispatcher/dispatcher'
import { createDiskBlobs } from '@partyline/kit/disk-blobs'
import { createDoorbell } from '@partyline/kit/doorbell'
import type { Http } from '@partyline/kit/http'
import { readSendLimits, sendLimitsEnv } from '@partyline/kit/send-limits'
import { connectRedis } from '@partyline/kit/redis'
import { createSimulator, type Simulator } from '@partyline/simulator/simulator'
import { z } from 'zod'
import { runIngress } from './run-ingress.ts'
import { redisOf, type Stack } from './stack.ts'
import { account, publicUrl } from './webhook.ts'

export interface RunningDispatcher extends AsyncDisposable {
  http: Http
}

export interface RunningLine extends AsyncDisposable {
  simulator: Simulator
  /** Starts one more dispatcher, which runs until it is disposed of. */
  dispatch(on?: Stack): Promise<RunningDispatcher>
}

interface Options {
  dispatchers?: number
  sending?: Partial<Config['sending']>
  limits?: Partial<Config['limits']>
  /** What the dispatchers know; the ingress and the simulator have the account's. */
  authTokens?: Config['authTokens']
  /** Push services besides the well-known ones. */
  pushHosts?: Config['pushHosts']
  /** How long Twilio keeps a text in each status. */
  latencyMs?: number
}

/**
 * The whole way of a text and back: phones and Twilio's REST in the simulator, the real ingress on a
 * port, and as many real dispatchers as asked for.
 */
export async function runLine(
  stack: Stack,
  {
    dispatchers = 1,
    sending: given = {},
    limits: capped = {},
    authTokens = [account.token],
    pushHosts = [],
    latencyMs = 5,
  }: Options = {},
): Promise<RunningLine> {
  await using starting = new AsyncDisposableStack()
  const ingress = starting.use(await runIngress(stack))
  const webhookBaseUrl = await ingress.http.listen({ port: 0, host: '127.0.0.1' })
  const simulator = createSimulator({
    config: {
      accountSid: account.sid,
      authToken: account.token,
      publicUrl,
      webhookBaseUrl,
      host: '127.0.0.1',
      port: 0,
      databaseFile: ':memory:',
      defaultCountry: 'US',
      latencyMs,
    },
    log: stack.log,
  })
  await simulator.start()
  starting.defer(() => simulator.stop())
  const dispatch = (on = stack) =>
    startDispatcher(on, simulator, {
      sending: { ...sending, ...given },
      limits: { ...limits, ...capped },
      ...{ recovering, authTokens, pushHosts },
    })
  for (let index = 0; index < dispatchers; index += 1) starting.use(await dispatch())
  const resources = starting.move()
  return { simulator, dispatch, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}

/** As in production, but in seconds: what Twilio may take, and how long we wait to be sure. */
const sending: Config['sending'] = {
  timeoutMs: 1_500,
  concurrency: 100,
  leaseMs: 8_000,
  settleMs: 5_000,
  whenAbsent: 'resend_after_settle',
}

/** As they are when nobody sets them. */
const limits = readSendLimits(z.object(sendLimitsEnv).parse({}))

const recovering: Config['recovering'] = { everyMs: 1_000, graceMs: 3_000 }

async function startDispatcher(
  stack: Stack,
  simulator: Simulator,
  own: Pick<Config, 'sending' | 'limits' | 'recovering' | 'authTokens' | 'pushHosts'>,
): Promise<RunningDispatcher> {
  await using resources = new AsyncDisposableStack()
  const { log, tracing, prefix, producer, sendingDb } = stack
  const db = stack.dbs.dispatcher
  const redis = resources.adopt(connectRedis(redisOf(stack), 'worker', log), (it) =>
    it.disconnect(),
  )
  const hasty = resources.adopt(connectRedis(redisOf(stack), 'producer', log), (it) =>
    it.disconnect(),
  )
  const dispatcher = createDispatcher({
    config: {
      publicUrl,
      redis: { url: stack.redisUrl, prefix },
      twilio: {
        accountSid: account.sid,
        username: account.sid,
        password: account.token,
        apiUrl: simulator.apiUrl,
      },
      ...own,
    },
    log,
    tracing,
    db,
    sendingDb,
    redis,
    hasty,
    producer,
    feedBell: createDoorbell(redis, prefix, 'feed', log),
    blobs: createDiskBlobs(path.join(stack.dataFolder, 'media')),
  })
  await dispatcher.start()
  resources.defer(() => dispatcher.stop())
  const running = resources.move()
  return { http: dispatcher.http, [Symbol.asyncDispose]: () => running.disposeAsync() }
}
