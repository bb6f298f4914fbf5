import type {
  MessageInstance,
  MessageListInstance,
  MessageListInstancePageOptions,
} from 'twilio/lib/rest/api/v2010/account/message.js'

const pageSize = 200
/** Ten thousand texts from one line to one person: a list that long is not read. */
const mostPages = 50

/** Twilio's list from its newest text back to those created then, a page at a time. */
export async function listBackTo(
  since: Date,
  messages: MessageListInstance,
  filter: Pick<MessageListInstancePageOptions, 'from' | 'to'>,
): Promise<MessageInstance[]> {
  const found: MessageInstance[] = []
  let page = await messages.page({ ...filter, pageSize })
  for (let read = 1; read <= mostPages; read += 1) {
    found.push(...page.instances.filter(({ dateCreated }) => dateCreated >= since))
    const last = page.instances.at(-1)
    const next = last && last.dateCreated >= since ? page.nextPageUrl : undefined
    if (!next) return found
    page = await messages.getPage(next)
  }
  throw new Error('Twilio has more texts to this number than can be read')
}
