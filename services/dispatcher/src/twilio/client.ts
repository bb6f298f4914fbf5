import twilio from 'twilio'
import type { Config } from '../config.ts'
import { PooledClient } from './http-client.ts'
import { type SendOutcome, outcomeOfAnswer, outcomeOfError } from './outcome.ts'

export interface OutgoingText {
  /** A number of ours, or a Messaging Service's `MG…`. */
  from: string
  to: string
  body: string
  mediaUrls: string[]
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
}

export interface Twilio {
  /** Never throws: an outcome that is not known is an outcome. */
  send(text: OutgoingText): Promise<SendOutcome>
  /** Undefined when Twilio has no such text. */
  fetchMessage(sid: string): Promise<TwilioMessage | undefined>
  listMedia(messageSid: string): Promise<{ mediaSid: string; contentType: string }[]>
  close(): Promise<void>
}

/** The official SDK, for its contract: parameters, answers and errors. The transport is ours. */
export function createTwilio(config: Config['twilio']): Twilio {
  const transport = new PooledClient(config.apiUrl)
  const sdk = twilio(config.username, config.password, {
    accountSid: config.accountSid,
    httpClient: transport,
  })
  return {
    async send({ from, to, body, mediaUrls, statusCallback }) {
      try {
        const answer = await sdk.messages.create({
          to,
          ...(from.startsWith('MG') ? { messagingServiceSid: from } : { from }),
          ...(body !== '' && { body }),
          ...(mediaUrls.length > 0 && { mediaUrl: mediaUrls }),
          statusCallback,
        })
        return outcomeOfAnswer(answer)
      } catch (error) {
        return outcomeOfError(error)
      }
    },
    async fetchMessage(sid) {
      try {
        const found = await sdk.messages(sid).fetch()
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
        }
      } catch (error) {
        const outcome = outcomeOfError(error)
        if (outcome.outcome === 'refused' && outcome.errorCode === 20404) return undefined
        throw unavailable(`message ${sid}`, outcome)
      }
    },
    async listMedia(messageSid) {
      try {
        const found = await sdk.messages(messageSid).media.list({ limit: 10 })
        return found.map(({ sid, contentType }) => ({ mediaSid: sid, contentType }))
      } catch (error) {
        throw unavailable(`the media of ${messageSid}`, outcomeOfError(error))
      }
    },
    close: () => transport.close(),
  }
}

/** Without the SDK's error as its cause: that one may hold the credentials. */
function unavailable(what: string, { outcome }: SendOutcome): Error {
  return new Error(`Twilio did not give ${what} (${outcome})`)
}
