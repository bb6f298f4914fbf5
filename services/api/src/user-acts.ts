import type { Act } from '@partyline/db/queries/audit'
import type { UserChange, UserRow } from '@partyline/db/queries/users'

/** What a change of a user did, an act for each thing that is different now. */
export function userActs(before: UserRow, change: UserChange): Act[] {
  const { name = before.name, role = before.role, passwordHash } = change
  const wasDisabled = before.disabledAt !== null
  const { disabled = wasDisabled } = change
  const subject = before.id
  const acts: Act[] = []
  if (name !== before.name) acts.push({ action: 'user.renamed', subject })
  if (role !== before.role) {
    acts.push({ action: 'user.role_changed', subject, details: { from: before.role, to: role } })
  }
  if (passwordHash !== undefined) acts.push({ action: 'user.password_changed', subject })
  if (disabled !== wasDisabled) {
    acts.push({ action: disabled ? 'user.disabled' : 'user.enabled', subject })
  }
  return acts
}
