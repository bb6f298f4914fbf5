import type {
  MessageInstance,
  MessageListInstance,
  MessageListInstancePageOptions,
} from 'twilio/lib/rest/api/v2010/account/message.js'

/**
 * Twilio's list from its newest text back to those created then, a page at a time. By creation, not by
 * sending: a text that Twilio keeps queued has no date of sending.
 */
export async function listBackTo(
  since: Date,
  messages: MessageListInstance,
  options: Pick<MessageListInstancePageOptions, 'from' | 'to' | 'pageSize'>,
): Promise<MessageInstance[]> {
  const found: MessageInstance[] = []
  let page = await messages.page(options)
  for (;;) {
    found.push(...page.instances.filter(({ dateCreated }) => dateCreated >= since))
    const last = page.instances.at(-1)
    const next = last && last.dateCreated >= since ? page.nextPageUrl : undefined
    if (!next) return found
    page = await messages.getPage(next)
  }
}
