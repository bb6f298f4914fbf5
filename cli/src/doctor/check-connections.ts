import type { PostgresServer } from '@partyline/db/queries/inspect-postgres'
import { type Finding, right, wrong } from './finding.ts'

const about = 'Connections'

/** What one replica of each service may open, and some for migrations and people. */
const pools = { ingress: 4, dispatcher: 28, realtime: 5, api: 10 }
const forOthers = 5

/** Whether Postgres has room for the pools of all that runs. */
export function checkConnections(
  { connections: { allowed, ours, others }, pooled }: PostgresServer,
  dispatchers: number,
): Finding[] {
  const replicas = Math.max(dispatchers, 1)
  const want = pools.ingress + pools.dispatcher * replicas + pools.realtime + pools.api + forOthers
  const used = `${ours + others} of ${allowed} are in use`
  // How many that pooler opens is its business.
  if (pooled) return [right(about, `${used}, shared by the pooler.`)]
  const whose = `${replicas} dispatcher${replicas === 1 ? '' : 's'} and one of each other service`
  if (allowed - others >= want) return [right(about, `${used}; ${whose} may want ${want}.`)]
  const step = `Raise max_connections by ${want - (allowed - others)} or more, and restart Postgres.`
  return [wrong(about, `${used}, and ${whose} may want ${want}.`, step)]
}
