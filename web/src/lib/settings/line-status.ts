import type { Account, AccountNumber } from '@partyline/contracts/api/account'
import type { Line } from '@partyline/contracts/api/lines'
import { toSentence } from '../sentence.ts'
import { withoutFragment } from './without-fragment.ts'

/** Whether texts to a line arrive, and what can be done about it here. */
export interface LineStatus {
  tone: 'ok' | 'busy' | 'warn' | 'lost' | 'unknown'
  text: string
  /** `connect`: set its webhooks. `get`: the account needs the number first. `copy`: by hand, at Twilio. */
  way: 'connect' | 'get' | 'copy' | null
}

const names = { whatsapp: 'WhatsApp', messenger: 'Messenger' }

export function statusOfLine(
  line: Pick<Line, 'channel' | 'createdAt'>,
  number: AccountNumber | undefined,
  account: Account,
  simulated: boolean,
): LineStatus {
  if (line.channel !== 'sms') {
    if (simulated) return { tone: 'ok', text: 'Texts arrive.', way: null }
    const text = `Twilio does not tell where ${names[line.channel]} texts go. Set the webhook of the sender there to ${withoutFragment(account.webhookUrl)}`
    return { tone: 'unknown', text, way: 'copy' }
  }
  const { lookedAt } = account
  if (number) return statusOfNumber(number)
  if (lookedAt === null || line.createdAt > lookedAt) {
    return { tone: 'unknown', text: 'Not looked up at Twilio yet.', way: null }
  }
  return { tone: 'lost', text: 'The Twilio account has no such number.', way: 'get' }
}

function statusOfNumber({ state, connectProblem, problems }: AccountNumber): LineStatus {
  if (state === 'connecting') {
    if (connectProblem === null) {
      return { tone: 'busy', text: 'Its webhook is being set at Twilio.', way: null }
    }
    const text = `Its webhook is not set yet. ${toSentence(connectProblem)}`
    return { tone: 'warn', text, way: 'connect' }
  }
  const isLost = problems.some(({ effect }) => effect === 'lost')
  const found = problems.map(({ sentence }) => sentence)
  const said = [...(connectProblem === null ? [] : [toSentence(connectProblem)]), ...found]
  if (isLost) {
    return { tone: 'lost', text: `Texts do not arrive. ${said.join(' ')}`, way: 'connect' }
  }
  if (said.length === 0) return { tone: 'ok', text: 'Texts arrive.', way: null }
  return { tone: 'warn', text: `Texts arrive, but: ${said.join(' ')}`, way: 'connect' }
}
