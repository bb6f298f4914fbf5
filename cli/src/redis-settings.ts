export interface RedisSettings {
  folder: string
  password: string
  /** False: nothing is written to disk. For tests. */
  durable: boolean
}

/** Lines of redis.conf: a 2xx to Twilio means that Redis has it on disk, and nothing is ever thrown out. */
export function redisSettings({ folder, password, durable }: RedisSettings): string[] {
  return [
    `dir ${quoted(folder)}`,
    `requirepass ${quoted(password)}`,
    `appendonly ${durable ? 'yes' : 'no'}`,
    'appendfsync always',
    'save ""',
    'maxmemory-policy noeviction',
  ]
}

export const quoted = (value: string) => `"${value.replaceAll(/["\\]/g, '\\$&')}"`
