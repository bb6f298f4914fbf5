import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readOtlp, type SentSpan } from './read-otlp.ts'

export interface OtlpReceiver extends AsyncDisposable {
  url: string
  spans(): SentSpan[]
  /** All that was ever sent, bytes and headers, to look for what must not be in it. */
  heard(): string
}

/** Collects traces as an OpenTelemetry Collector does, unless it is to answer otherwise, or not at all. */
export async function receiveOtlp(answer: number | 'nothing' = 200): Promise<OtlpReceiver> {
  const requests: Buffer[] = []
  const headers: object[] = []
  const server = createServer((request, response) => {
    headers.push({ url: request.url, ...request.headers })
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      requests.push(Buffer.concat(pieces))
      if (answer === 'nothing') return
      response.writeHead(answer, { 'content-type': 'application/x-protobuf' }).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans: () => requests.flatMap(readOtlp),
    heard: () => JSON.stringify(headers) + Buffer.concat(requests).toString('utf8'),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
