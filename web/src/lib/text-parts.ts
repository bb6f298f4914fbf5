export interface TextPart {
  text: string
  /** Set for a link. */
  href?: string
}

const address = /\bhttps?:\/\/[^\s<>"]+/gi
const trailing = /[.,;:!?'"»”’)\]}]+$/

/** A message as text and links. Only http and https become links; punctuation behind one stays text. */
export function splitLinks(body: string): TextPart[] {
  const parts: TextPart[] = []
  let end = 0
  for (const match of body.matchAll(address)) {
    const text = withoutTrailing(match[0])
    const href = hrefOf(text)
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
