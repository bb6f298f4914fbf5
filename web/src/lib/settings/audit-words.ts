import type { AuditAction, AuditEntry } from '@partyline/contracts/api/audit'

/** What happened, for somebody who reads down a list. */
export const auditWords: Record<AuditAction, string> = {
  'session.started': 'Signed in',
  'session.refused': 'Failed to sign in',
  'session.ended': 'Signed out, or ended a session',
  'user.created': 'Added a user',
  'user.renamed': 'Renamed a user',
  'user.role_changed': 'Changed a role',
  'user.password_changed': 'Changed a password',
  'user.disabled': 'Disabled a user',
  'user.enabled': 'Enabled a user',
  'token.created': 'Made an API token',
  'token.revoked': 'Revoked an API token',
  'line.created': 'Added a line',
  'line.changed': 'Changed a line',
  'number.connected': 'Connected a number',
  'member.added': 'Added a member',
  'member.removed': 'Removed a member',
  'group.paused': 'Paused the relay of a group',
  'group.resumed': 'Resumed the relay of a group',
  'contact.deleted': 'Deleted a contact',
  'contact.merged': 'Merged two contacts',
  'contact.parted': 'Undid a merge',
  'conversation.deleted': 'Deleted a conversation',
  'message.repeated': 'Sent the same text again',
  'message.passed_on': 'Passed a held text on',
  'delivery.retried': 'Sent again what failed or was held',
  'dead_letter.replayed': 'Tried a dead letter again',
  'dead_letter.given_up': 'Gave a dead letter up',
  'webhook.replayed': 'Replayed a webhook',
  'texts.compared': 'Fetched what never came',
  'opt_out.began': 'Somebody left a line',
  'opt_out.ended': 'Somebody came back to a line',
  'help.asked': 'Somebody texted HELP',
  'breaker.opened': 'Twilio refused the account: sending stopped',
  'breaker.closed': 'Sending went on',
}

/** `role: agent → admin`, `changed: name, hours`. */
export function detailsOf({ details }: AuditEntry): string {
  const { from, to, ...rest } = details
  const parts = Object.entries(rest)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}: ${Array.isArray(value) ? value.join(', ') : value}`)
  if (from !== undefined && to !== undefined) parts.unshift(`${String(from)} → ${String(to)}`)
  return parts.join(' · ')
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** An address or a SID; ids of our own tell nobody anything. */
export function subjectOf({ subject }: AuditEntry): string | null {
  return subject !== null && uuid.test(subject) ? null : subject
}
