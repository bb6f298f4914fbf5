import type { SeenTemplate } from '@partyline/db/queries/templates'
import type { Twilio as Sdk } from 'twilio'
import type { Told } from './account-client.ts'
import { problemOf } from './account-problem.ts'
import { toSeenTemplate } from './template-shape.ts'

/** Twilio's Content API. Nothing here throws. */
export interface TemplateClient {
  /** Every template of the account, with what WhatsApp says of it. */
  list(): Promise<Told<SeenTemplate[]>>
}

const largestPage = 500

export function createTemplateClient(sdk: Sdk): TemplateClient {
  return {
    async list() {
      try {
        const listed = await sdk.content.v1.contentAndApprovals.list({ pageSize: largestPage })
        return { outcome: 'told', value: listed.map(toSeenTemplate) }
      } catch (error) {
        return problemOf(error)
      }
    },
  }
}
