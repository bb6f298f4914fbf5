import type { RequestListener, ServerResponse } from 'node:http'
import sirv from 'sirv'

/** The built dashboard: one page for every address, and assets whose names change with their content. */
export function webFiles(folder: string): RequestListener {
  const serve = sirv(folder, { single: true, etag: true, gzip: true, brotli: true, setHeaders })
  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end()
      return
    }
    serve(request, response, () => {
      response.writeHead(404).end('Not found')
    })
  }
}

function setHeaders(response: ServerResponse, path: string): void {
  const lasting = path.startsWith('/_app/immutable/')
  response.setHeader('cache-control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache')
}
