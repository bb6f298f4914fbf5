import type { RedisOptions } from 'ioredis'
import { askCluster, type Node } from './redis-cluster.ts'

/** What is known of a Redis by the address of one node, shared by the connections that were made with it. */
export interface SlotFinder {
  /** The node that holds our keys; in doubt the last known. */
  find: (options: RedisOptions) => Promise<Node>
  /** As far as is known; undefined for a Redis by itself too. */
  owner: () => Node | undefined
  isAlone: () => boolean
  /** For ioredis: whether this error means that the keys are held by somebody else. */
  isElsewhere: (error: Error) => boolean
}

/** `prefix`, with its hash tag, stands for all our keys. */
export function createSlotFinder(prefix: string): SlotFinder {
  let alone = false
  let owner: Node | undefined
  let nodes: Node[] = []
  /** By the node that we asked in vain. */
  let told: Node | undefined

  async function look(options: RedisOptions): Promise<Node> {
    const given = { host: options.host ?? 'localhost', port: options.port ?? 6379 }
    const [hint, last] = [told, owner]
    told = undefined
    if (hint) return (owner = hint)
    if (alone) return given
    // Whoever was connected to last is asked last: it may be the one that hangs.
    const others = [...nodes, given].filter((node) => !isSame(node, last))
    for (const node of last ? [...others, last] : others) {
      try {
        const cluster = await askCluster(options, node, prefix)
        alone = cluster === undefined
        ;({ owner, nodes } = cluster ?? { owner: undefined, nodes: [] })
        return owner ?? node
      } catch {
        // The next one may know. When nobody does, connecting tells what is wrong.
      }
    }
    return last ?? given
  }

  let looking: Promise<Node> | undefined
  return {
    find: (options) => (looking ??= look(options).finally(() => (looking = undefined))),
    owner: () => owner,
    isAlone: () => alone,
    isElsewhere({ message }) {
      const moved = /^MOVED \d+ (?<host>.+):(?<port>\d+)$/.exec(message)?.groups
      if (moved) {
        alone = false
        told = { host: moved['host'] ?? '', port: Number(moved['port']) }
      }
      return moved !== undefined || /^(READONLY|CLUSTERDOWN) /.test(message)
    },
  }
}

export const isSame = (one: Node, other: Node | undefined) =>
  one.host === other?.host && one.port === other.port
