import type { Redis } from './redis.ts'

/** What a Redis tells of itself. */
export interface RedisServer {
  version: string
  /** One node of many. */
  cluster: boolean
  replica: boolean
  memory: { usedBytes: number; /** 0: as much as there is. */ allowedBytes: number }
  /** False when the last write to its append-only file failed: then it takes no writes. */
  writesFile: boolean
  clockAheadMs: number
  /** The slowest of a few writes, acknowledged, by the clock here. */
  writeMs: number
}

const writes = 5

/** Asks, and writes a key that it takes away again. */
export async function inspectRedis(redis: Redis, prefix: string): Promise<RedisServer> {
  const told = toFields(await redis.info())
  const asked = Date.now()
  const [seconds, micros] = await redis.time()
  const halfWayMs = (asked + Date.now()) / 2
  return {
    version: told.get('valkey_version') ?? told.get('redis_version') ?? 'unknown',
    cluster: told.get('redis_mode') === 'cluster',
    replica: told.get('role') === 'slave',
    memory: {
      usedBytes: Number(told.get('used_memory')),
      allowedBytes: Number(told.get('maxmemory') ?? 0),
    },
    writesFile: told.get('aof_last_write_status') !== 'err',
    clockAheadMs: Number(seconds) * 1_000 + Number(micros) / 1_000 - halfWayMs,
    writeMs: told.get('role') === 'slave' ? 0 : await slowestWrite(redis, `${prefix}:doctor`),
  }
}

function toFields(info: string): Map<string, string> {
  const lines = info.split('\r\n').filter((line) => line.includes(':'))
  return new Map(
    lines.map((line) => {
      const at = line.indexOf(':')
      return [line.slice(0, at), line.slice(at + 1)]
    }),
  )
}

async function slowestWrite(redis: Redis, key: string): Promise<number> {
  let slowest = 0
  for (let count = 0; count < writes; count += 1) {
    const began = performance.now()
    await redis.set(key, count, 'PX', 10_000)
    slowest = Math.max(slowest, performance.now() - began)
  }
  await redis.del(key)
  return slowest
}
