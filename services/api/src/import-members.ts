import type { Announcing, MemberVerdict, Person } from '@partyline/contracts/api/bulk-people'
import { maxAnnouncedEach } from '@partyline/contracts/api/bulk-people'
import { AppError } from '@partyline/contracts/errors'
import { type Actor, recordAudit } from '@partyline/db/queries/audit'
import { countMembers } from '@partyline/db/queries/list-members'
import { findMembers, importMembers } from '@partyline/db/queries/import-members'
import { findLine } from '@partyline/db/queries/lines'
import { viewGroups } from '@partyline/db/views/group'
import type { Span } from '@partyline/kit/tracing'
import type { RouteDeps } from './deps.ts'
import { notFound, theOne } from './present.ts'
import { readable, readPeople, type ReadRow, verdictOf } from './read-people.ts'

interface Import {
  groupId: string
  members: readonly Person[]
  announce: Announcing
  preview: boolean
  importId?: string | undefined
}

/** Adds a list of people to a group, or only says what would become of each. */
export async function importIntoGroup(
  deps: RouteDeps,
  given: Import,
  by: Actor & { userId: string },
  { traceParent }: Span,
): Promise<{ added: number; rows: MemberVerdict[] }> {
  const { db, config, rings } = deps
  const { groupId, preview, announce, importId } = given
  const group = theOne(await viewGroups(db, [groupId]), groupId, 'group')
  const line = await findLine(db, group.lineId)
  if (!line) throw notFound('line')
  const rows = await readPeople(deps, {
    people: given.members,
    channel: line.channel,
    needsName: true,
  })
  const wanted = readable(rows)
  if (preview) return foresee(deps, groupId, rows)
  if (announce === 'each' && group.announce && wanted.length > maxAnnouncedEach) {
    throw new AppError(
      'invalid_request',
      `More than ${maxAnnouncedEach} people are announced in one text: choose “summary” or “none”.`,
    )
  }
  if (wanted.length === 0) return { added: 0, rows: rows.map((row) => judge(row, 'added')) }
  const { byAddress, announced } = await db.transaction(async (tx) => {
    const sender = { userId: by.userId, limits: config.limits, traceParent }
    const imported = await importMembers(tx, { groupId, wanted, announce, importId }, sender)
    const acts = [...imported.byAddress.values()].flatMap((became) =>
      typeof became === 'string'
        ? []
        : [{ action: 'member.added' as const, subject: became.memberId, details: { groupId } }],
    )
    await recordAudit(tx, by, ...acts)
    return imported
  })
  if (announced.length === 0) rings.changed()
  for (const posted of announced) rings.posted(posted)
  const verdicts = rows.map((row) => {
    const became = row.address === null ? undefined : byAddress.get(row.address)
    return judge(row, typeof became === 'string' ? became : 'added')
  })
  return { added: countAdded(verdicts), rows: verdicts }
}

/** What `importIntoGroup` would do now, without doing it. */
async function foresee({ db, config }: RouteDeps, groupId: string, rows: readonly ReadRow[]) {
  const there = await findMembers(db, groupId, readable(rows))
  const counts = await countMembers(db, groupId)
  let room = config.limits.groupSize - counts.active - counts.optedOut - counts.unreachable
  const verdicts = rows.map((row) => {
    if (row.refusal !== undefined) return judge(row, 'added')
    if (there.has(row.address)) return judge(row, 'already_member')
    room -= 1
    return judge(row, room < 0 ? 'group_full' : 'added')
  })
  return { added: countAdded(verdicts), rows: verdicts }
}

const judge = (row: ReadRow, otherwise: MemberVerdict['verdict']): MemberVerdict =>
  verdictOf(row, row.refusal ?? otherwise)

const countAdded = (verdicts: readonly MemberVerdict[]) =>
  verdicts.filter(({ verdict }) => verdict === 'added').length
