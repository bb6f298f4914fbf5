import twilio from 'twilio'
import type { MessageInstance } from 'twilio/lib/rest/api/v2010/account/message.js'
import type { Claim } from '@partyline/db/queries/claim-deliveries'
import type { Config } from '../config.ts'
import type { TwilioMetrics } from '../metrics/twilio-metrics.ts'
import { type AccountClient, createAccountClient } from './account-client.ts'
import { PooledClient } from './http-client.ts'
import { listBackTo } from './list-back-to.ts'
import { createTemplateClient, type TemplateClient } from './template-client.ts'
import { createPriceClient, type PriceClient } from './price-client.ts'
import { type SendOutcome, outcomeOfAnswer, outcomeOfError } from './outcome.ts'

export interface OutgoingText {
  /** A number of ours, or a Messaging Service's `MG…`. */
  from: string
  to: string
  body: string
  mediaUrls: string[]
  /** Sent in place of body and media, which are what it says. */
  template?: Claim['template']
  /** Where Twilio reports what became of it; carries the delivery's id. */
  statusCallback: string
}

/** A text as Twilio's list shows it. */
export interface TwilioMessage {
  sid: string
  from: string | null
  to: string
  body: string
  direction: string
  status: string
  errorCode: number | null
  mediaCount: number
  messagingServiceSid: string | null
  /** To the second. */
  createdAt: Date
}

export interface Twilio {
  /** Never throws: an outcome that is not known is an outcome. */
  send(text: OutgoingText): Promise<SendOutcome>
  /** Undefined when Twilio has no such text. */
  fetchMessage(sid: string): Promise<TwilioMessage | undefined>
  /** Texts sent from a line to an address since then, newest first; undefined when Twilio does not say. */
  listSent(given: { from: string; to: string; since: Date }): Promise<TwilioMessage[] | undefined>
  /** Every text of the account that came in or went out since then, newest first. */
  listSince(since: Date): Promise<TwilioMessage[]>
  /** Every text of the account since then, newest first, with those that Twilio has not sent yet. */
  listCreatedSince(since: Date): Promise<TwilioMessage[]>
  listMedia(messageSid: string): Promise<{ mediaSid: string; contentType: string }[]>
  /** What the account has, and where its texts go. */
  account: AccountClient
  /** What a segment costs. */
  prices: PriceClient
  /** What may be said on WhatsApp at any time. */
  templates: TemplateClient
  close(): Promise<void>
}

/** The official SDK, for its contract: parameters, answers and errors. The transport is ours. */
export function createTwilio(
  config: Config['twilio'],
  timeoutMs: number,
  metrics?: TwilioMetrics,
): Twilio {
  const transport = new PooledClient(config.apiUrl, timeoutMs, metrics)
  const sdk = twilio(config.username, config.password, {
    accountSid: config.accountSid,
    httpClient: transport,
  })
  return {
    async send({ from, to, statusCallback, ...content }) {
      try {
        const answer = await sdk.messages.create({
          ...{ to, statusCallback },
          ...(from.startsWith('MG') ? { messagingServiceSid: from } : { from }),
          ...contentOf(content),
        })
        return outcomeOfAnswer(answer)
      } catch (error) {
        return outcomeOfError(error)
      }
    },
    async fetchMessage(sid) {
      try {
        return toTwilioMessage(await sdk.messages(sid).fetch())
      } catch (error) {
        const outcome = outcomeOfError(error)
        if (outcome.outcome === 'refused' && outcome.errorCode === 20404) return undefined
        throw unavailable(`message ${sid}`, outcome)
      }
    },
    async listSent({ from, to, since }) {
      // With a service the sender may not be chosen yet, so there the recipient alone must do.
      const sender = from.startsWith('MG') ? {} : { from }
      try {
        const found = await listBackTo(since, sdk.messages, { ...sender, to, pageSize: 200 })
        return found.filter(({ direction }) => direction === 'outbound-api').map(toTwilioMessage)
      } catch {
        return undefined
      }
    },
    async listSince(since) {
      const listing = sdk.messages.list({ dateSentAfter: since, pageSize: largestPage })
      return (await told('its list of texts', listing)).map(toTwilioMessage)
    },
    async listCreatedSince(since) {
      const listing = listBackTo(since, sdk.messages, { pageSize: largestPage })
      return (await told('its list of texts', listing)).map(toTwilioMessage)
    },
    async listMedia(messageSid) {
      const found = sdk.messages(messageSid).media.list({ limit: 10 })
      const media = await told(`the media of ${messageSid}`, found)
      return media.map(({ sid, contentType }) => ({ mediaSid: sid, contentType }))
    },
    account: createAccountClient(sdk),
    prices: createPriceClient(sdk),
    templates: createTemplateClient(sdk),
    close: () => transport.close(),
  }
}

const largestPage = 1_000

function contentOf({
  body,
  mediaUrls,
  template,
}: Pick<OutgoingText, 'body' | 'mediaUrls' | 'template'>) {
  if (!template) {
    return { ...(body !== '' && { body }), ...(mediaUrls.length > 0 && { mediaUrl: mediaUrls }) }
  }
  const { sid, variables } = template
  const hasVariables = Object.keys(variables).length > 0
  return {
    contentSid: sid,
    ...(hasVariables && { contentVariables: JSON.stringify(variables) }),
  }
}

function toTwilioMessage(found: MessageInstance): TwilioMessage {
  return {
    sid: found.sid,
    from: found.from,
    to: found.to,
    body: found.body,
    direction: found.direction,
    status: found.status,
    errorCode: found.errorCode,
    mediaCount: Number(found.numMedia),
    messagingServiceSid: found.messagingServiceSid,
    createdAt: found.dateCreated,
  }
}

async function told<T>(what: string, asking: Promise<T>): Promise<T> {
  try {
    return await asking
  } catch (error) {
    throw unavailable(what, outcomeOfError(error))
  }
}

/** Without the SDK's error as its cause: that one may hold the credentials. */
function unavailable(what: string, { outcome }: SendOutcome): Error {
  return new Error(`Twilio did not give ${what} (${outcome})`)
}
