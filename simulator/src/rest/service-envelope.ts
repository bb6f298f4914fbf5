import type { Form } from './form.ts'
import { cut, pageQuery } from './page.ts'

/** Of the newer APIs, whose addresses are whole. */
const largestPage = 100

/** One page of a list in the shape of Twilio's newer APIs. */
export function serviceEnvelope<Item>(
  key: string,
  path: string,
  all: Item[],
  form: Form,
  host = 'messaging',
) {
  const { items, page, pageSize, hasMore } = cut(all, form, largestPage)
  const link = (to: number) =>
    `https://${host}.twilio.com/v1${path}?${pageQuery(form, pageSize, to)}`
  return {
    [key]: items,
    meta: {
      first_page_url: link(0),
      key,
      next_page_url: hasMore ? link(page + 1) : null,
      page,
      page_size: pageSize,
      previous_page_url: page > 0 ? link(page - 1) : null,
      url: link(page),
    },
  }
}
