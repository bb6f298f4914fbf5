import type { AuditAction, AuditEntry } from '@partyline/contracts/api/audit'
import { formatAddress } from '@partyline/contracts/phone'

/** What can be asked for, in the list of kinds. */
export const auditWords: Record<AuditAction, string> = {
  'session.started': 'Signed in',
  'session.refused': 'Failed to sign in',
  'session.ended': 'Signed out, or ended a session',
  'session.proved': 'Confirmed their password',
  'session.proof_refused': 'Failed to confirm their password',
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
  'line.paused': 'Paused the sending of a line',
  'line.resumed': 'Resumed the sending of a line',
  'number.connected': 'Connected a number',
  'member.added': 'Added a member',
  'member.removed': 'Removed a member',
  'group.created': 'Made a group',
  'group.changed': 'Changed a group',
  'group.paused': 'Paused the relay of a group',
  'group.resumed': 'Resumed the relay of a group',
  'contact.deleted': 'Deleted a contact',
  'contact.merged': 'Merged two contacts',
  'contact.parted': 'Undid a merge',
  'contacts.exported': 'Downloaded the contacts',
  'contacts.imported': 'Imported contacts',
  'contacts.import_undone': 'Undid an import of contacts',
  'conversation.exported': 'Downloaded a conversation',
  'conversation.deleted': 'Deleted a conversation',
  'label.deleted': 'Deleted a label',
  'saved_reply.deleted': 'Deleted a saved reply',
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

const fieldWords: Record<string, string> = {
  name: 'its name',
  mode: 'what it is for',
  autoReply: 'its answer',
  hours: 'its hours',
  awayReply: 'its answer outside the hours',
  segmentsPerSecond: 'its rate',
  adminName: 'the name that its texts from here carry',
  announce: 'whether comings and goings are texted',
}
const roleWords: Record<string, string> = { admin: 'administrator', agent: 'agent' }

/** What happened, with the names of whom and what it happened to. */
export function sentenceOf(entry: AuditEntry): string {
  const { action, subject, details, names, user } = entry
  const nameOf = (id: unknown, kind: string) =>
    (typeof id === 'string' ? names[id] : undefined) ?? `a deleted ${kind}`
  /** Of what this did away with the name that it had. */
  const gone = (words: string, otherwise = auditWords[action]) => {
    const name = names[subject ?? '']
    return name === undefined ? otherwise : `${words} ${name}`
  }
  const who = () => (subject === user?.id ? 'themselves' : nameOf(subject, 'user'))
  const line = () => nameOf(subject, 'line')
  const outside = () => (subject === null ? 'Somebody' : formatAddress(subject))
  const role = (value: unknown) => roleWords[String(value)] ?? String(value)
  const sentences: Partial<Record<AuditAction, () => string>> = {
    'user.created': () => `Added ${nameOf(subject, 'user')} as ${role(details['role'] ?? 'admin')}`,
    'user.renamed': () => `Renamed ${who()}`,
    'user.role_changed': () =>
      `Made ${who()} ${role(details['to'])}, no longer ${role(details['from'])}`,
    'user.password_changed': () =>
      subject === user?.id
        ? 'Changed their own password'
        : `Changed the password of ${nameOf(subject, 'user')}`,
    'user.disabled': () => `Disabled ${who()}`,
    'user.enabled': () => `Enabled ${who()}`,
    'token.created': () => `Made the API token ${names[subject ?? ''] ?? 'that is revoked now'}`,
    'token.revoked': () => gone('Revoked the API token'),
    'line.created': () => `Added the line ${line()}`,
    'line.changed': () => `Changed ${line()}: ${changesOf(details['changed'])}`,
    'line.paused': () => `Paused the sending of ${line()}${oneAfterAnother(details)}`,
    'line.resumed': () => `Resumed the sending of ${line()}`,
    'number.connected': () => `Connected ${formatAddress(String(details['address']))}`,
    'member.added': () =>
      `Added ${nameOf(subject, 'member')} to ${nameOf(details['groupId'], 'group')}`,
    'member.removed': () =>
      `Removed ${nameOf(subject, 'member')} from ${nameOf(details['groupId'], 'group')}`,
    'group.created': () => `Made the group ${nameOf(subject, 'group')}`,
    'group.changed': () => `Changed ${nameOf(subject, 'group')}: ${changesOf(details['changed'])}`,
    'group.paused': () => `Paused the relay of ${nameOf(subject, 'group')}`,
    'group.resumed': () => `Resumed the relay of ${nameOf(subject, 'group')}`,
    'contact.deleted': () => gone('Deleted the contact'),
    'contact.merged': () => {
      const merged = names[String(details['mergedId'])] ?? 'another contact'
      return `Merged ${merged} into ${nameOf(subject, 'contact')}`
    },
    'contact.parted': () =>
      `Undid a merge: parted ${nameOf(details['partedId'], 'contact')} from ${nameOf(subject, 'contact')}`,
    'contacts.import_undone': () => importUndone(details, (id) => nameOf(id, 'group')),
    'delivery.retried': () => sentAgain(details),
    'conversation.exported': () => gone('Downloaded the conversation'),
    'conversation.deleted': () =>
      details['kind'] === 'group'
        ? gone('Deleted the group', 'Deleted a group')
        : gone('Deleted the conversation with'),
    'label.deleted': () => gone('Deleted the label'),
    'saved_reply.deleted': () => gone('Deleted the saved reply'),
    'opt_out.began': () => `${outside()} left ${nameOf(details['lineId'], 'line')}`,
    'opt_out.ended': () => `${outside()} came back to ${nameOf(details['lineId'], 'line')}`,
    'help.asked': () => `${outside()} texted HELP to ${nameOf(details['lineId'], 'line')}`,
  }
  return sentences[action]?.() ?? auditWords[action]
}

/** Why Partyline did it by itself; nothing where a person did. */
function oneAfterAnother({ errorCode }: AuditEntry['details']): string {
  return typeof errorCode === 'number' ? `: one text after another failed with ${errorCode}` : ''
}

function importUndone(
  { removed, groupId }: AuditEntry['details'],
  nameOfGroup: (id: unknown) => string,
): string {
  const into = groupId === undefined ? '' : ` into ${nameOfGroup(groupId)}`
  if (removed === undefined || removed === 0) {
    return into === '' ? auditWords['contacts.import_undone'] : `Undid an import${into}`
  }
  const deleted = removed === 1 ? '1 contact' : `${String(removed)} contacts`
  return `Undid an import${into}: ${deleted} deleted`
}

function sentAgain({ cause, deliveries }: AuditEntry['details']): string {
  if (cause !== undefined) return 'Sent again what was held'
  return deliveries === undefined
    ? 'Sent a text to one person again'
    : 'Sent a text again to whom it had failed'
}

function changesOf(changed: unknown): string {
  const names = Array.isArray(changed) ? changed.map(String) : []
  return new Intl.ListFormat('en').format(names.map((name) => fieldWords[name] ?? name))
}

const ids = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** What the sentence leaves out, such as a SID or how many. Ids of our own tell nobody anything. */
export function moreOf({ action, subject, details }: AuditEntry): string {
  const { hours, errorCode, replaces, by, deliveries, format } = details
  const { created, renamed, renamedBack } = details
  const about = /^(opt_out|help)\./.test(action) || (subject && ids.test(subject)) ? null : subject
  return [
    about,
    by !== undefined && `by ${String(by)}`,
    replaces && `its texts went to ${String(replaces)} before`,
    hours !== undefined && `of the last ${hours === 1 ? 'hour' : `${String(hours)} hours`}`,
    deliveries !== undefined && `${String(deliveries)} ${deliveries === 1 ? 'text' : 'texts'}`,
    created && `${String(created)} added`,
    renamed && `${String(renamed)} renamed`,
    renamedBack &&
      (renamedBack === 1
        ? '1 has its old name back'
        : `${String(renamedBack)} have their old names back`),
    format !== undefined && `as ${String(format).toUpperCase()}`,
    errorCode && `error ${String(errorCode)}`,
  ]
    .filter(Boolean)
    .join(' · ')
}
