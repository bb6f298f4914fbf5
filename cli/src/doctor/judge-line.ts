import type { Channel } from '@partyline/contracts/channels'
import { takenBy, wantedWebhooks, webhookProblems } from '@partyline/contracts/number-webhooks'
import type { Place } from './find-places.ts'
import { type Finding, notice, right, wrong } from './finding.ts'

export interface Line {
  address: string
  channel: Channel
  name: string
}

const about = 'Line'

interface Given {
  publicUrl: string
  /** How a person calls the doctor. */
  command: string
}

/** Whether texts to a line come here. `places` are all of the account; `place` is the line's own. */
export function judgeLine(line: Line, places: readonly Place[], given: Given): Finding {
  const who = `${line.address} (${line.name})`
  const place = places.find(({ address }) => address === line.address)
  if (!place) return unknownAtTwilio(line, who, given)
  if (!place.sms) {
    const step = 'Give the line a number that can, or remove it.'
    return wrong(about, `${who} cannot receive texts: the number has no SMS.`, step)
  }
  const isService = place.sid === place.serviceSid
  if (
    isService &&
    !places.some(({ sid, serviceSid }) => serviceSid === place.sid && sid !== serviceSid)
  ) {
    const step = 'Add one in the Console: Messaging, Services, its Sender Pool.'
    return wrong(about, `${who} has no number in its pool, so nothing goes in or out.`, step)
  }
  if (place.leavesToNumbers) {
    return right(about, `${who} leaves its texts to the webhooks of its numbers.`)
  }
  const problems = webhookProblems(place.found, given.publicUrl)
  if (problems.length === 0) return right(about, `${who}: its texts come here.`)
  const says = `${who}: ${problems.map(({ sentence }) => sentence).join(' ')}`
  if (problems.every(({ effect }) => effect === 'fragile')) {
    return notice(about, says, `Run ${given.command} --fix.`)
  }
  if (takenBy(place.found, given.publicUrl) === null) {
    return wrong(about, says, `Run ${given.command} --fix.`)
  }
  const step = `If its texts are to come here instead, run ${given.command} --fix ${line.address}.`
  return wrong(about, says, step)
}

function unknownAtTwilio({ address, channel }: Line, who: string, given: Given): Finding {
  const url = wantedWebhooks(given.publicUrl).smsUrl
  if (channel !== 'sms') {
    const page = {
      whatsapp: 'Messaging, Senders, WhatsApp senders',
      messenger: 'Channels, Facebook Messenger',
    }[channel]
    const says = `${who}: how Twilio delivers its texts cannot be asked, so look yourself.`
    const step = `Open the Console, ${page}, this one: for incoming messages it must have ${url} with POST, and the same as fallback.`
    return notice(about, says, step)
  }
  if (/^\d{3,8}$/.test(address)) {
    const says = `${who}: the webhook of a short code cannot be asked, so look yourself.`
    const step = `Open the Console, Phone Numbers, Short codes, this one: for a message that comes in it must have ${url} with POST.`
    return notice(about, says, step)
  }
  const step = 'Buy or move the number to the account of TWILIO_ACCOUNT_SID, or give the line up.'
  return wrong(about, `${who} is not in this Twilio account.`, step)
}

/** Numbers whose texts come here though nobody made a line of them. */
export function judgeOthers(
  lines: readonly Line[],
  places: readonly Place[],
  publicUrl: string,
): Finding[] {
  const known = new Set(lines.map(({ address }) => address))
  const others = places.filter(
    ({ sid, serviceSid, address, found }) =>
      sid !== serviceSid &&
      !known.has(address) &&
      !(serviceSid !== null && known.has(serviceSid)) &&
      webhookProblems(found, publicUrl).every(({ effect }) => effect === 'fragile'),
  )
  const step = 'Make it a line in the dashboard, or clear its webhook in the Console.'
  return others.map(({ address }) =>
    notice('Number', `The texts of ${address} come here, but it is no line.`, step),
  )
}
