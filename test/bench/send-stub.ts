import { readFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { answerParent } from './send-process.ts'

/**
 * Twilio's create endpoint and nothing else, with Twilio's own answer: it costs as little as it can, so
 * that what is measured is the other side. Remembers whom a text was for, so that a double is seen.
 */
let created = 0
let seen = new Set<string>()
let doubles = 0

const read = (file: string) => readFileSync(new URL(file, import.meta.url))
const tls = { cert: read('stub-cert.pem'), key: read('stub-key.pem') }
// Longer than a side waits for its turn: a new handshake each round would be measured instead of sending.
const https = createServer({ ...tls, keepAliveTimeout: 60_000 }, (request, response) => {
  void bodyOf(request).then((body) => {
    response.setHeader('content-type', 'application/json')
    if (request.method === 'POST') response.writeHead(201).end(answerTo(body))
    else response.end(emptyList)
  })
})

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const piece of request.setEncoding('utf8')) body += piece as string
  return body
}

function answerTo(body: string): string {
  created += 1
  const callback = /StatusCallback=[^&]*delivery%3D([^&%]+)/.exec(body)?.[1]
  if (callback === undefined) throw new Error('a text without its delivery')
  if (seen.has(callback)) doubles += 1
  seen.add(callback)
  return `${before}SM${created.toString(16).padStart(32, '0')}${after}`
}

const emptyList = JSON.stringify({ messages: [], next_page_uri: null, page: 0, page_size: 50 })

/** As long as Twilio's: both sides have to read it. */
const [before = '', after = ''] = JSON.stringify({
  body: 'Bench: lunch is ready',
  num_segments: '1',
  direction: 'outbound-api',
  from: '+15558675310',
  to: '+14155550101',
  date_updated: 'Thu, 24 Aug 2023 05:01:45 +0000',
  price: null,
  error_message: null,
  uri: `/2010-04-01/Accounts/AC${'a'.repeat(32)}/Messages/SM${'0'.repeat(32)}.json`,
  account_sid: `AC${'a'.repeat(32)}`,
  num_media: '0',
  status: 'queued',
  messaging_service_sid: null,
  sid: '<sid>',
  date_sent: null,
  date_created: 'Thu, 24 Aug 2023 05:01:45 +0000',
  error_code: null,
  price_unit: 'USD',
  api_version: '2010-04-01',
  subresource_uris: {
    media: `/2010-04-01/Accounts/AC${'a'.repeat(32)}/Messages/SM${'0'.repeat(32)}/Media.json`,
  },
}).split('<sid>')

answerParent({
  listen: () =>
    new Promise((resolve) =>
      https.listen(0, '127.0.0.1', () => {
        resolve(`https://127.0.0.1:${(https.address() as AddressInfo).port}`)
      }),
    ),
  count: () => ({ created: seen.size + doubles, doubles }),
  forget() {
    seen = new Set()
    doubles = 0
  },
})
