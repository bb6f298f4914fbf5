import path from 'node:path'
import { startPostgres } from '@partyline/standalone/postgres'
import { startRedis } from '@partyline/standalone/redis'

/** A program that starts both stores in a folder, says where they are, and never stops them. */
const folder = process.argv[2] ?? ''
const options = (name: string) => ({
  folder: path.join(folder, name),
  password: 'p@ss/word',
  durable: true,
})
const postgres = await startPostgres(options('postgres'))
const redis = await startRedis(options('redis'))
process.send?.({ postgres: postgres.url, redis: redis.url })
