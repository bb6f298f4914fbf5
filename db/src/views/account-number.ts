import type { AccountNumber } from '@partyline/contracts/api/account'
import { type FoundWebhooks, takenBy, webhookProblems } from '@partyline/contracts/number-webhooks'
import { formatAddress } from '@partyline/contracts/phone'
import type { KnownNumber } from '../queries/account-numbers.ts'
import type { AccountNumberRow } from '../schema/account.ts'

/** Undefined for a Messaging Service that leaves its texts to its numbers: it has nothing to set. */
export function toFound({
  number,
  service,
}: Pick<KnownNumber, 'number' | 'service'>): FoundWebhooks | undefined {
  const { smsUrl, smsMethod, smsFallbackUrl, smsFallbackMethod, smsApplicationSid } = number
  const own = { smsUrl, smsMethod, smsFallbackUrl, smsFallbackMethod, smsApplicationSid }
  if (isService(number)) {
    return number.leavesToNumbers ? undefined : { ...own, service: toService(number) }
  }
  return { ...own, service: service && !service.leavesToNumbers ? toService(service) : null }
}

export function viewAccountNumber(known: KnownNumber, publicUrl: string): AccountNumber {
  const { number, service, lineId } = known
  const found = toFound(known)
  const answers = service && !service.leavesToNumbers
  return {
    sid: number.sid,
    address: number.address,
    displayAddress: formatAddress(number.address),
    name: number.name,
    sms: number.sms,
    mms: number.mms,
    lineId,
    answeredBy: answers ? { sid: service.sid, name: service.name } : null,
    state: number.state,
    connectProblem: number.problem,
    problems: found ? webhookProblems(found, publicUrl) : [],
    takenBy: found ? takenBy(found, publicUrl) : null,
  }
}

const isService = ({ sid }: AccountNumberRow) => sid.startsWith('MG')

function toService(row: AccountNumberRow): NonNullable<FoundWebhooks['service']> {
  return {
    sid: row.sid,
    inboundRequestUrl: row.smsUrl,
    inboundMethod: row.smsMethod,
    fallbackUrl: row.smsFallbackUrl,
    fallbackMethod: row.smsFallbackMethod,
  }
}
