import { maxBodyLength } from '@partyline/contracts/api/new-message'
import { channelOf } from '@partyline/contracts/channels'
import { AppError } from '@partyline/contracts/errors'
import { templateProblem } from '@partyline/contracts/template-approval'
import { fillTemplate, valueProblem, variablesOf } from '@partyline/contracts/template-text'
import type { Db } from '../client.ts'
import type { ConversationRow } from '../schema/conversations.ts'
import type { SentTemplate } from '../schema/messages.ts'
import { findTemplate } from './templates.ts'

/** What a template says to a contact. Whatever Twilio or WhatsApp would refuse is refused here. */
export async function useTemplate(
  tx: Db,
  { kind, address }: Pick<ConversationRow, 'kind' | 'address'>,
  { sid, variables }: SentTemplate,
): Promise<string> {
  if (kind !== 'direct' || address === null || channelOf(address) !== 'whatsapp') {
    throw unusable('Templates can be sent in WhatsApp conversations only.')
  }
  const found = await findTemplate(tx, sid)
  if (!found) throw unusable('This template is no longer in the Twilio account. Choose another.')
  const problem = templateProblem(found)
  if (problem !== null) throw unusable(`This template cannot be sent. ${problem}`)
  refuseValues(found.body, variables)
  const body = fillTemplate(found.body, variables)
  if (body.length > maxBodyLength) {
    throw badValues(
      `With these values the text has ${body.length} characters; ${maxBodyLength} can be sent.`,
    )
  }
  return body
}

function refuseValues(body: string, variables: SentTemplate['variables']): void {
  const names = variablesOf(body)
  const extra = Object.keys(variables).find((name) => !names.includes(name))
  if (extra !== undefined) throw badValues(`This template has no variable {{${extra}}}.`)
  for (const name of names) {
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined
    const problem = valueProblem(value ?? '')
    if (problem !== undefined) throw badValues(`The value for {{${name}}} ${problem}.`)
  }
}

const unusable = (message: string) => new AppError('template_unusable', message)
const badValues = (message: string) => new AppError('invalid_request', message)
