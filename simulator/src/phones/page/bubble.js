import { element } from './element.js'

const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' })
const day = new Intl.DateTimeFormat(undefined, {
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
})

/** One text on a phone, as a list item. */
export function bubble(message, isNew) {
  const { text, failed } = fate(message)
  const item = element('li', {
    className: [
      'text',
      message.fromPhone && 'own',
      message.automatic && 'automatic',
      isNew && 'new',
    ]
      .filter(Boolean)
      .join(' '),
  })
  for (const media of message.media) item.append(attachment(media))
  if (message.body !== '') item.append(element('p', { className: 'bubble' }, message.body))
  const time = element('time', { dateTime: message.at }, when(new Date(message.at)))
  const meta = element('p', { className: failed ? 'meta failed' : 'meta' }, time)
  if (text) meta.append(` · ${text}`)
  item.append(meta)
  return item
}

function when(date) {
  return (date.toDateString() === new Date().toDateString() ? clock : day).format(date)
}

function attachment({ url, contentType }) {
  const link = element('a', { className: 'picture', href: url, target: '_blank', rel: 'noopener' })
  const isPicture = contentType.startsWith('image/')
  link.append(isPicture ? element('img', { src: url, alt: 'Picture' }) : `Open ${contentType}`)
  return link
}

/** What became of the text, if there is something to say. */
function fate({ fromPhone, automatic, webhook }) {
  if (automatic) return { text: 'automatic reply from Twilio', failed: false }
  if (!fromPhone || webhook === 'ok') return { text: '', failed: false }
  if (webhook === null) return { text: 'sending…', failed: false }
  if (webhook === 'no webhook') return { text: 'this line has no webhook', failed: true }
  return { text: `webhook failed: ${webhook}`, failed: true }
}
