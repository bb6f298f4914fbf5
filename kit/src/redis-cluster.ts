import { isIP } from 'node:net'
import { checkServerIdentity, type ConnectionOptions } from 'node:tls'
import { Redis, type RedisOptions } from 'ioredis'

export interface Node {
  host: string
  port: number
}

export interface Cluster {
  /** Who holds the keys that were asked about; undefined while nobody does. */
  owner: Node | undefined
  /** All of them, replicas included: they may hold the keys next. */
  nodes: Node[]
}

const patienceMs = 1_000

/** What one of its nodes says about a cluster; undefined when it is a Redis by itself. */
export async function askCluster(
  options: RedisOptions,
  node: Node,
  prefix: string,
): Promise<Cluster | undefined> {
  const redis = openOnce(options, node, patienceMs)
  try {
    const [slot, ranges] = await Promise.all([
      redis.cluster('KEYSLOT', prefix),
      redis.cluster('SLOTS'),
    ])
    const addressed = ranges.map(([first, last, ...nodes]) => ({
      holds: first <= slot && slot <= last,
      nodes: nodes.map(([host, port]) => ({ host: known(host) ?? node.host, port })),
    }))
    return {
      owner: addressed.find(({ holds }) => holds)?.nodes[0],
      nodes: addressed.flatMap(({ nodes }) => nodes),
    }
  } catch (error) {
    if (isRefusal(error)) return undefined
    throw error
  } finally {
    redis.disconnect()
  }
}

/** One that cannot be asked, for whatever reason of its own, is by itself; should it be a cluster, it says MOVED. */
const isRefusal = (error: unknown) =>
  error instanceof Error &&
  error.name === 'ReplyError' &&
  !/^(NOAUTH|WRONGPASS|LOADING|CLUSTERDOWN) /.test(error.message)

/** A node that was not told its own name leaves it out: it is the one that was asked. */
const known = (host: string | null) => (host === '' || host === '?' ? null : host)

/** A connection to one node for a few questions. It fails soon, and never comes back by itself. */
export function openOnce(options: RedisOptions, node: Node, timeoutMs: number): Redis {
  const redis = new Redis({
    ...toNode(options, node),
    Connector: undefined,
    replyMapping: 'legacy',
    enableOfflineQueue: true,
    enableReadyCheck: false,
    maxRetriesPerRequest: 0,
    connectTimeout: timeoutMs,
    commandTimeout: timeoutMs,
    retryStrategy: () => null,
    reconnectOnError: null,
  })
  // What it says comes back from what was asked.
  redis.on('error', () => undefined)
  return redis
}

/** The options that were given for one address, for another node of its cluster. */
export function toNode(options: RedisOptions, node: Node): RedisOptions {
  const { host = '', tls } = options
  return { ...options, ...node, ...(tls && { tls: { ...named(host, node.host), ...tls } }) }
}

/** The nodes of a cluster often give bare IP addresses, and a certificate for the name in the URL. */
function named(given: string, host: string): ConnectionOptions {
  return {
    ...(isIP(host) !== 0 && isIP(given) === 0 && { servername: given }),
    checkServerIdentity: (_name, certificate) =>
      checkServerIdentity(host, certificate) && checkServerIdentity(given, certificate),
  }
}
