import {
  createDecipheriv,
  createECDH,
  createPublicKey,
  hkdfSync,
  randomBytes,
  verify,
} from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { PushNotice } from '@partyline/contracts/api/push'

/** What a browser was told, opened with its own keys. */
interface Heard {
  browser: string
  notice: PushNotice
  topic: string | undefined
  /** Of whoever posted it, once the signature held. */
  publicKey: string
}

export type PushService = Awaited<ReturnType<typeof runPushService>>
type Browser = ReturnType<typeof createBrowser>

/** A push service that browsers subscribe at: it passes on what it is posted, and answers as it is told. */
export async function runPushService() {
  const browsers = new Map<string, Browser>()
  const heard: Heard[] = []
  const answers: number[] = []
  let origin = ''
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      const status = answers.shift() ?? 201
      const name = request.url?.slice(1) ?? ''
      const { topic, authorization = '' } = request.headers
      if (status < 300) {
        const notice = JSON.parse(browsers.get(name)?.open(body) ?? 'null') as PushNotice
        const publicKey = whoSigned(authorization, origin)
        heard.push({ browser: name, notice, topic: String(topic), publicKey })
      }
      response.writeHead(status).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    heard,
    /** Of the next requests, in turn; then 201. */
    answers,
    /** What a browser of this name subscribes with. */
    subscription(name: string) {
      const browser = createBrowser()
      browsers.set(name, browser)
      return { endpoint: `${origin}/${name}`, keys: browser.keys }
    },
    [Symbol.dispose]: () => server.close(),
  }
}

function createBrowser() {
  const pair = createECDH('prime256v1')
  const p256dh = pair.generateKeys()
  const auth = randomBytes(16)
  return {
    keys: { p256dh: p256dh.toString('base64url'), auth: auth.toString('base64url') },
    /** RFC 8291, from the other side. */
    open(body: Buffer): string {
      const [salt, theirs] = [body.subarray(0, 16), body.subarray(21, 86)]
      const derive = (from: Buffer, by: Buffer, info: Buffer, length: number) =>
        Buffer.from(hkdfSync('sha256', from, by, info, length))
      const info = Buffer.concat([Buffer.from('WebPush: info\0'), p256dh, theirs])
      const secret = derive(pair.computeSecret(theirs), auth, info, 32)
      const key = derive(secret, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16)
      const nonce = derive(secret, salt, Buffer.from('Content-Encoding: nonce\0'), 12)
      const opened = createDecipheriv('aes-128-gcm', key, nonce)
      opened.setAuthTag(body.subarray(-16))
      const padded = Buffer.concat([opened.update(body.subarray(86, -16)), opened.final()])
      // Up to the 2 that ends it; behind it may be zeros.
      return padded.subarray(0, padded.lastIndexOf(2)).toString()
    },
  }
}

/** Throws when the token was not signed with the key beside it, for this service and for now. */
function whoSigned(authorization: string, origin: string): string {
  const [, said = '', signature = '', k = ''] =
    /^vapid t=([\w-]+\.[\w-]+)\.([\w-]+), k=([\w-]+)$/.exec(authorization) ?? []
  const point = Buffer.from(k, 'base64url')
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((it) => it.toString('base64url'))
  const key = createPublicKey({
    key: { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' },
    format: 'jwk',
  })
  const by = { key, dsaEncoding: 'ieee-p1363' } as const
  const holds = verify('sha256', Buffer.from(said), by, Buffer.from(signature, 'base64url'))
  const claims = JSON.parse(Buffer.from(said.split('.')[1] ?? '', 'base64url').toString()) as {
    aud: string
    exp: number
  }
  const inTime = claims.exp * 1_000 > Date.now() && claims.exp * 1_000 < Date.now() + 86_400_000
  if (!holds || claims.aud !== origin || !inTime) throw new Error('the token does not hold')
  return k
}
