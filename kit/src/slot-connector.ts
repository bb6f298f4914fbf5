import { connect as connectPlain, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { AbstractConnector, type RedisOptions } from 'ioredis'
import { type Node, toNode } from './redis-cluster.ts'
import { isSame, type SlotFinder } from './slot-finder.ts'

const lookEveryMs = 2_000

/**
 * Leads connections to the node of a Redis Cluster that holds our keys, and elsewhere to the Redis itself.
 * They share a hash tag, so one node holds them all, and what works with one Redis (timeouts, blocking
 * reads, scripts) works the same. Argued in docs/adr/0020.
 */
export function createSlotConnector(
  finder: SlotFinder,
): new (options: unknown) => AbstractConnector {
  const streams = new Map<Socket, Node>()
  let watch: NodeJS.Timeout | undefined

  /** A node that hangs never says that another has its place. */
  function follow(stream: Socket, node: Node, options: RedisOptions): void {
    streams.set(stream, node)
    stream.once('close', () => {
      streams.delete(stream)
      if (streams.size > 0) return
      clearInterval(watch)
      watch = undefined
    })
    watch ??= setInterval(() => void look(options), lookEveryMs).unref()
  }

  async function look(options: RedisOptions): Promise<void> {
    await finder.find(options)
    const owner = finder.owner()
    const elsewhere = [...streams].filter(([, node]) => owner && !isSame(node, owner))
    for (const [stream] of elsewhere) stream.destroy(new Error('another node has taken over'))
  }

  return class SlotConnector extends AbstractConnector {
    readonly #options: RedisOptions

    constructor(options: unknown) {
      super((options as RedisOptions).disconnectTimeout ?? 2_000)
      this.#options = options as RedisOptions
    }

    async connect() {
      this.connecting = true
      const node = await finder.find(this.#options)
      this.stream = open(this.#options, node)
      this.stream.once('error', (error) => (this.firstError = error))
      if (!finder.isAlone()) follow(this.stream, node, this.#options)
      // Told to stop meanwhile: a connection that closes is made again when it should be, a refusal is not.
      if (!this.connecting) this.stream.destroy()
      return this.stream
    }
  }
}

function open(options: RedisOptions, node: Node): Socket {
  const { family, tls } = toNode(options, node)
  const address = { ...node, ...(family !== undefined && { family }) }
  return tls ? connectTls({ ...address, ...tls }) : connectPlain(address)
}
