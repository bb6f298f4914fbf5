import type { PostgresServer } from '@partyline/db/queries/inspect-postgres'
import { type Finding, right, wrong } from './finding.ts'
import { clockFindings } from './clock.ts'

const about = 'Postgres'
/** Ids come from its uuidv7(), which earlier ones do not have. */
const needed = 18

/** The server itself: everything but what is in it. */
export function checkPostgres(server: PostgresServer): Finding[] {
  const { version, major, pooled } = server
  const findings: Finding[] = []
  if (major < needed) {
    const says = `It is version ${version}; Partyline needs ${needed} or later.`
    findings.push(wrong(about, says, `Update the server to Postgres ${needed}.`))
  } else {
    const way = pooled ? ', through a pooler' : ''
    findings.push(right(about, `Version ${version}, reached as ${server.user}${way}.`))
  }
  return [...findings, ...accidents(server), ...clockFindings(about, server.clockAheadMs)]
}

function accidents({ readOnly, careless }: PostgresServer): Finding[] {
  const findings: Finding[] = []
  if (readOnly) {
    const step = 'Name the primary in DATABASE_URL, and restart.'
    findings.push(wrong(about, 'It is read-only: a standby, or set so.', step))
  }
  if (careless.length > 0) {
    const says = `It runs with ${careless.join(', ')}, so it may lose what it has confirmed.`
    findings.push(wrong(about, says, 'Take these out of its configuration, and restart it.'))
  }
  return findings
}
