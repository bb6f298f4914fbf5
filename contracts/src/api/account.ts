import { z } from 'zod'
import { type Endpoint, page, pageOf, time } from '../http.ts'
import { lineModes } from './lines.ts'

/** `connecting`: its webhooks are to be set. `refused`: that failed for good, until somebody asks again. */
export const connectingStates = ['idle', 'connecting', 'refused'] as const

/** Something of the Twilio account that texts can come in by: a number, or a Messaging Service. */
const accountNumber = z.object({
  /** Twilio's: `PN…`, of a Messaging Service `MG…`. */
  sid: z.string(),
  /** E.164, or a Messaging Service's own SID. */
  address: z.string(),
  displayAddress: z.string(),
  /** As it is called at Twilio. */
  name: z.string(),
  sms: z.boolean(),
  mms: z.boolean(),
  /** The line with this address; null when there is none. */
  lineId: z.uuid().nullable(),
  /** The Messaging Service that receives the texts of this number in its place. */
  answeredBy: z.object({ sid: z.string(), name: z.string() }).nullable(),
  state: z.enum(connectingStates),
  /** Why setting its webhooks has not worked so far, in plain words. */
  connectProblem: z.string().nullable(),
  /** What keeps its texts from Partyline (`lost`), or would when Partyline is away (`fragile`). */
  problems: z.array(
    z.object({
      field: z.string(),
      found: z.string().nullable(),
      wanted: z.string(),
      effect: z.enum(['lost', 'fragile']),
      sentence: z.string(),
    }),
  ),
  /** The address or application that takes its texts now; changing that must be agreed to. */
  takenBy: z.string().nullable(),
})
export type AccountNumber = z.infer<typeof accountNumber>

const account = z.object({
  /** True while somebody waits for an answer of Twilio. */
  looking: z.boolean(),
  /** When the account was last seen; null for never. */
  lookedAt: time.nullable(),
  /** Why it cannot be seen, in plain words. */
  problem: z.string().nullable(),
  /** Why Twilio could not reach Partyline at PUBLIC_URL; then nothing can be connected. */
  unreachable: z.string().nullable(),
  /** What the webhook of a number has to be. */
  webhookUrl: z.string(),
})
export type Account = z.infer<typeof account>

export const accountEndpoints = {
  get: {
    method: 'GET',
    path: '/api/account',
    summary: 'When the Twilio account was last looked at, and what is in the way of it',
    access: 'admin',
    reply: account,
  },
  settings: {
    method: 'GET',
    path: '/api/account/settings',
    summary:
      'What the environment sets about Twilio. Never a secret: of those only whether there is one',
    access: 'admin',
    reply: z.object({
      items: z.array(
        z.object({
          /** As in the environment. */
          name: z.string(),
          about: z.string(),
          /** Null: not set, or a secret that is. */
          value: z.string().nullable(),
          secret: z.boolean(),
        }),
      ),
    }),
  },
  look: {
    method: 'POST',
    path: '/api/account/look',
    summary: 'Look at the Twilio account again. `system.changed` in the feed tells when it is done',
    access: 'admin',
    reply: account,
  },
  numbers: {
    method: 'GET',
    path: '/api/account/numbers',
    summary: 'The numbers and Messaging Services of the Twilio account, by address',
    access: 'admin',
    query: page,
    reply: pageOf(accountNumber),
  },
  connect: {
    method: 'POST',
    path: '/api/account/numbers/:sid/connect',
    summary:
      'Make it a line, unless it is one, and set its webhooks at Twilio. `number_taken` when another program has its texts, unless `replaces` names that one. May be repeated',
    access: 'admin',
    needsProof: true,
    params: z.object({ sid: z.string().regex(/^(PN|MG)[0-9a-fA-F]{32}$/) }),
    body: z.strictObject({
      name: z.string().trim().min(1).max(100).optional(),
      mode: z.enum(lineModes).default('inbox'),
      /** What `takenBy` says, to agree that it loses the texts. */
      replaces: z.string().max(4_000).optional(),
    }),
    reply: accountNumber,
  },
} as const satisfies Record<string, Endpoint>
