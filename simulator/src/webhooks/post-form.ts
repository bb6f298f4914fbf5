import http from 'node:http'
import https from 'node:https'

export interface Answer {
  status: number
  contentType: string
  body: string
}

export interface NoAnswer {
  /** `ct`: nobody picked up. `rt`: connected, then silence or a broken line. */
  failed: 'ct' | 'rt'
  reason: string
}

export interface PostRequest {
  url: string
  headers: Record<string, string>
  body: string
  connectMs: number
  readMs: number
}

const agents = {
  http: new http.Agent({ keepAlive: true }),
  https: new https.Agent({ keepAlive: true }),
}

/** TwiML may be 64 kB; what is longer is cut and then fails to parse, as it should. */
const longestAnswer = 65_536

/** One attempt. `fetch` cannot tell a connect timeout from a read timeout, which Twilio's rules need. */
export async function postForm(request: PostRequest): Promise<Answer | NoAnswer> {
  const result = await attempt(request)
  // The other side closed an idle connection just as we used it: no answer was ever possible.
  return result === 'stale' ? postForm(request) : result
}

function attempt(request: PostRequest): Promise<Answer | NoAnswer | 'stale'> {
  const { promise, resolve } = Promise.withResolvers<Answer | NoAnswer | 'stale'>()
  const secure = request.url.startsWith('https:')
  const outgoing = (secure ? https : http).request(request.url, {
    method: 'POST',
    headers: { ...request.headers, 'content-length': Buffer.byteLength(request.body) },
    agent: secure ? agents.https : agents.http,
    timeout: request.readMs,
  })
  let connected = false
  const giveUp = setTimeout(() => {
    if (!connected) outgoing.destroy(new Error('connect timeout'))
  }, request.connectMs)

  outgoing.on('socket', (socket) => {
    if (socket.connecting) socket.once('connect', () => (connected = true))
    else connected = true
  })
  outgoing.on('timeout', () => outgoing.destroy(new Error('read timeout')))
  outgoing.on('error', (error: NodeJS.ErrnoException) => {
    const stale = outgoing.reusedSocket && error.code === 'ECONNRESET'
    resolve(
      stale ? 'stale' : { failed: connected ? 'rt' : 'ct', reason: error.code ?? error.message },
    )
  })
  outgoing.on('response', (response) => {
    read(response).then(resolve, () => resolve({ failed: 'rt', reason: 'answer broke off' }))
  })
  outgoing.end(request.body)
  return promise.finally(() => clearTimeout(giveUp))
}

async function read(response: http.IncomingMessage): Promise<Answer> {
  const chunks: string[] = []
  response.setEncoding('utf8')
  for await (const chunk of response) chunks.push(chunk as string)
  return {
    status: response.statusCode ?? 0,
    contentType: response.headers['content-type'] ?? '',
    body: chunks.join('').slice(0, longestAnswer),
  }
}
