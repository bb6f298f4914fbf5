import type { RedisServer } from '@partyline/kit/inspect-redis'
import type { RedisDurability } from '@partyline/kit/redis-durability'
import { clockFindings } from './clock.ts'
import { type Finding, notice, right, wrong } from './finding.ts'

const about = 'Redis'
/** The least that BullMQ works with, and what is best tried. */
const needed = 6
/** Ingress waits a second for Redis before it turns to Postgres; every webhook waits this long. */
const slowMs = { notice: 100, wrong: 500 }
const tightShare = 0.8

export function checkRedis(server: RedisServer): Finding[] {
  const { version, cluster, replica, writesFile } = server
  const findings: Finding[] = []
  if (Number.parseInt(version, 10) < needed) {
    const says = `It is version ${version}; Partyline needs ${needed}.2 or later and is tested with 8.`
    findings.push(wrong(about, says, 'Update Redis.'))
  } else findings.push(right(about, `Version ${version}, ${cluster ? 'a cluster' : 'one server'}.`))
  if (replica) {
    const step = 'Name the primary in REDIS_URL, and restart.'
    findings.push(wrong(about, 'It is a replica, which takes no writes.', step))
  }
  if (!writesFile) {
    const step = 'Look whether its disk is full, and into its log.'
    findings.push(wrong(about, 'Its last write to disk failed.', step))
  }
  return [
    ...findings,
    memory(server),
    writing(server),
    ...clockFindings(about, server.clockAheadMs),
  ]
}

/** Whether a 2xx to Twilio may rest on it. */
export function checkDurability(found: RedisDurability, rule: 'require' | 'warn'): Finding {
  const about = 'Redis settings'
  switch (found.state) {
    case 'durable':
      return right(about, 'Every write is synced to disk, and nothing is thrown out.')
    case 'unsafe': {
      const says = 'It would lose texts that were acknowledged.'
      return (rule === 'require' ? wrong : notice)(about, says, whatToDo(found.advice))
    }
    case 'untold':
      return notice(about, 'It does not tell its settings.', whatToDo(found.advice))
  }
}

/** Its first sentence says what is wrong. */
const whatToDo = (advice: string) => advice.replace(/^[^.]*\. /, '')

function memory({ memory: { usedBytes, allowedBytes } }: RedisServer): Finding {
  const about = 'Redis memory'
  const used = inMegabytes(usedBytes)
  if (allowedBytes === 0) return right(about, `${used} in use, with no limit of its own.`)
  const says = `${used} of ${inMegabytes(allowedBytes)} in use.`
  if (usedBytes < allowedBytes * tightShare) return right(about, says)
  const step = 'Raise maxmemory. When it is full, webhooks go to Postgres and jobs are not queued.'
  return wrong(about, says, step)
}

function writing({ writeMs }: RedisServer): Finding {
  const about = 'Redis writes'
  const says = `The slowest of a few took ${writeMs.toFixed(1)} ms.`
  if (writeMs < slowMs.notice) return right(about, says)
  const step =
    'Each waits for its disk, and every webhook for it: give Redis a faster disk, or one nearer.'
  return (writeMs < slowMs.wrong ? notice : wrong)(about, says, step)
}

const inMegabytes = (bytes: number) => `${(bytes / 1_048_576).toFixed(1)} MB`
