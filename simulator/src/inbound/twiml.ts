export interface TwimlReply {
  to: string | undefined
  from: string | undefined
  statusCallback: string | undefined
  body: string
  mediaUrls: string[]
}

export type Twiml = { replies: TwimlReply[] } | { errorCode: 12100 | 12200 | 12300 | 14109 }

const mostReplies = 10

/** What Twilio makes of a webhook's answer. Beware: plain text is texted back to the person. */
export function readTwiml(contentType: string, answer: string): Twiml {
  const type = contentType.split(';')[0]?.trim() ?? ''
  if (answer.trim() === '') return { replies: [] }
  if (type === 'text/plain') return { replies: [toReply('', answer)] }
  if (!['text/xml', 'application/xml', 'text/html'].includes(type)) return { errorCode: 12300 }
  return readDocument(answer)
}

function readDocument(xml: string): Twiml {
  const root = /^\s*(?:<\?xml[^>]*\?>)?\s*<Response\s*(?:\/>|>(.*)<\/Response>)\s*$/s.exec(xml)
  if (!root) return { errorCode: 12100 }
  const inner = (root[1] ?? '').replace(/<!--.*?-->/gs, '')
  const messages = [...inner.matchAll(/<Message\b([^>]*?)(?:\/>|>(.*?)<\/Message>)/gs)]
  if (inner.replace(/<Message\b[^>]*?(?:\/>|>.*?<\/Message>)/gs, '').trim() !== '') {
    return { errorCode: 12200 }
  }
  if (messages.length > mostReplies) return { errorCode: 14109 }
  return {
    replies: messages.map(([, attributes, content]) => toReply(attributes ?? '', content ?? '')),
  }
}

function toReply(attributes: string, content: string): TwimlReply {
  const attribute = (name: string) => {
    const found = new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)
    return found ? decode(found[1] ?? '') : undefined
  }
  const mediaUrls = [...content.matchAll(/<Media\b[^>]*>(.*?)<\/Media>/gs)].map(([, url]) =>
    decode(url ?? '').trim(),
  )
  const body = /<Body\b[^>]*>(.*?)<\/Body>/s.exec(content)?.[1]
  return {
    to: attribute('to'),
    from: attribute('from'),
    statusCallback: attribute('statusCallback'),
    body: decode(body ?? content.replace(/<(Media|Body)\b.*?(<\/\1>|\/>)/gs, '')).trim(),
    mediaUrls,
  }
}

const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function decode(text: string): string {
  return text.replace(
    /<!\[CDATA\[(.*?)\]\]>|&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gis,
    (whole: string, cdata?: string, decimal?: string, hex?: string, name?: string) => {
      if (cdata !== undefined) return cdata
      if (decimal !== undefined) return String.fromCodePoint(Number(decimal))
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16))
      return entities[name ?? ''] ?? whole
    },
  )
}
