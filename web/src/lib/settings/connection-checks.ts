import type { Account } from '@partyline/contracts/api/account'
import { formatSince } from '../dates.ts'
import { withoutFragment } from './without-fragment.ts'
import { toSentence } from '../sentence.ts'
import type { System } from '../workspace.ts'

export interface Check {
  tone: 'ok' | 'warn' | 'bad' | 'busy'
  title: string
  text: string
  /** Where it is mended. */
  href?: string
}

/** What has to be well for texts to come and go. */
export function checksOf(system: System, account: Account, now: number): Check[] {
  return [credentials(system, account, now), sending(system), reachable(account), arriving(system)]
}

function credentials({ simulated }: System, account: Account, now: number): Check {
  const title = simulated ? 'The simulated account answers' : 'Twilio accepts the credentials'
  if (account.problem !== null) {
    return { tone: 'bad', title: 'The account cannot be seen', text: toSentence(account.problem) }
  }
  if (account.lookedAt === null) {
    return { tone: 'busy', title: 'Not looked up yet', text: 'The first answer is on its way.' }
  }
  return { tone: 'ok', title, text: `Looked up ${formatSince(account.lookedAt, now)}.` }
}

function sending({ trouble }: System): Check {
  if (trouble === null) {
    return { tone: 'ok', title: 'Texts are sent and fetched', text: 'Nothing holds them up.' }
  }
  const text = `${toSentence(trouble.reason)} ${toSentence(trouble.advice)}`
  return { tone: 'bad', title: 'Something holds texts up', text }
}

function reachable({ unreachable, webhookUrl }: Account): Check {
  if (unreachable === null) {
    return {
      tone: 'ok',
      title: 'Twilio can reach Partyline',
      text: `At ${withoutFragment(webhookUrl)}`,
    }
  }
  const title = 'Twilio cannot reach Partyline'
  return { tone: 'bad', title, text: toSentence(unreachable) }
}

function arriving({ unreachedLines }: System): Check {
  const { length } = unreachedLines
  if (length === 0) {
    return { tone: 'ok', title: 'Texts to all lines arrive', text: 'Their webhooks point here.' }
  }
  const title =
    length === 1 ? 'Texts to a line do not arrive' : `Texts to ${length} lines do not arrive`
  return { tone: 'bad', title, text: unreachedLines[0]?.sentence ?? '', href: '/settings/lines' }
}
