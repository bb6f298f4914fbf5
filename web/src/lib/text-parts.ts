export interface TextPart {
  text: string
  /** Set for a link. */
  href?: string
}

const web = String.raw`\bhttps?:\/\/[^\s<>"]+`
const mail = String.raw`\b(?:mailto:)?[\w.+-]{1,64}@(?:[\w-]{1,63}\.)+[a-z]{2,24}\b`
/** Only with its country, as nobody knows which one else; or where it says that it is one. */
const phone = String.raw`(?<![\w+])(?:tel:)?\+\d(?:[ ().-]{0,2}\d){7,14}\b`
const address = new RegExp(`(?<web>${web})|(?<mail>${mail})|(?<phone>${phone})`, 'gi')
const trailing = /[.,;:!?'"»”’)\]}]+$/

/**
 * A message as text and links. Only http, https, mailto and tel become links; punctuation behind one stays
 * text.
 */
export function splitLinks(body: string): TextPart[] {
  const parts: TextPart[] = []
  let end = 0
  for (const match of body.matchAll(address)) {
    const { web, mail } = match.groups ?? {}
    const text = web ? withoutTrailing(web) : match[0]
    const href = web ? hrefOf(text) : mail ? mailHref(mail) : phoneHref(text)
    if (href === undefined) continue
    if (match.index > end) parts.push({ text: body.slice(end, match.index) })
    parts.push({ text, href })
    end = match.index + text.length
  }
  if (end < body.length) parts.push({ text: body.slice(end) })
  return parts
}

/** `(see https://example.org/a_(b))` keeps the bracket that belongs to the address. */
function withoutTrailing(found: string): string {
  const cut = found.replace(trailing, '')
  const next = found.charAt(cut.length)
  const unclosed = cut.split('(').length > cut.split(')').length
  return next === ')' && unclosed ? `${cut})` : cut
}

function hrefOf(text: string): string | undefined {
  const url = URL.parse(text)
  return url !== null && ['http:', 'https:'].includes(url.protocol) ? url.href : undefined
}

const mailHref = (text: string) => `mailto:${text.replace(/^mailto:/i, '')}`
const phoneHref = (text: string) => `tel:+${text.replace(/\D/g, '')}`
