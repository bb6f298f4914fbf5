import type { Draft } from '../outbound/accept.ts'
import type { Simulation } from '../simulation.ts'
import { many, one, type Form } from './form.ts'
import { readRecipient, readSender } from './read-addresses.ts'
import { readSchedule } from './read-schedule.ts'
import { readTemplate } from './read-template.ts'
import { TwilioError } from './twilio-error.ts'

const longestBody = 1_600
const mostPictures = 10
const longestUrl = 4_000

/** A create request as a text that can be sent, or Twilio's refusal. */
export function readDraft(sim: Simulation, form: Form): Draft {
  const recipient = readRecipient(form)
  const { sender, service } = readSender(sim, form, recipient)
  const template = readTemplate(sim, form)
  const { body, mediaUrls } = readContent(template ?? fromForm(form))
  readValidityPeriod(form)
  const statusCallback = readStatusCallback(form) ?? service?.status_callback ?? null
  const sendAt = readSchedule(form, service !== undefined, sim.now())
  if (!service && sender !== null && sim.store.optOuts.has(scopeOf(sim, sender), recipient)) {
    throw new TwilioError(21610, 'Attempt to send to unsubscribed recipient')
  }
  return {
    direction: 'outbound-api',
    sender,
    recipient,
    body,
    mediaUrls,
    contentSid: template?.contentSid ?? null,
    asMms: one(form, 'SendAsMms') === 'true',
    serviceSid: service?.sid ?? null,
    statusCallback,
    sendAt,
  }
}

/** Who is blocked where: a number in a Messaging Service shares its block list. */
function scopeOf(sim: Simulation, sender: string): string {
  return sim.store.numbers.byAddress(sender)?.service_sid ?? sender
}

interface Content {
  body: string | undefined
  mediaUrls: string[]
}

function fromForm(form: Form): Content {
  const mediaUrls = many(form, 'MediaUrl').filter((url) => url !== '')
  return { body: one(form, 'Body'), mediaUrls }
}

function readContent({ body, mediaUrls }: Content): { body: string; mediaUrls: string[] } {
  if (!body && mediaUrls.length === 0) {
    if (body === '') throw new TwilioError(21602, 'Message body is required.')
    throw new TwilioError(21619, 'A text message body or media urls must be specified.')
  }
  if (body !== undefined && body.length > longestBody) {
    const limit = `The concatenated message body exceeds the ${longestBody} character limit.`
    throw new TwilioError(21617, limit)
  }
  if (mediaUrls.length > mostPictures) {
    throw new TwilioError(21623, `Number of media files exceeds allowed limit of ${mostPictures}.`)
  }
  if (!mediaUrls.every(isWebUrl)) throw new TwilioError(21620, 'Invalid media URL(s)')
  return { body: body ?? '', mediaUrls }
}

function readStatusCallback(form: Form): string | undefined {
  const url = one(form, 'StatusCallback')
  if (!url) return undefined
  // Twilio refuses underscores in host names, which trips up names of containers.
  if (!isWebUrl(url) || url.length > longestUrl || URL.parse(url)?.hostname.includes('_')) {
    throw new TwilioError(21609, `The 'StatusCallback' URL ${url} is not a valid URL.`)
  }
  return url
}

function readValidityPeriod(form: Form): void {
  const seconds = Number(one(form, 'ValidityPeriod') ?? 36_000)
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > 36_000) {
    throw new TwilioError(21624, 'The ValidityPeriod must be between 1 and 36000 seconds.')
  }
}

function isWebUrl(url: string): boolean {
  return /^https?:$/.test(URL.parse(url)?.protocol ?? '')
}
