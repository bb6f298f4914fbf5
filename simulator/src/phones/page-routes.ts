import { readFile } from 'node:fs/promises'
import { AppError } from '@partyline/contracts/errors'
import type { Scope } from '../scope.ts'
import type { Simulation } from '../simulation.ts'

const types = { html: 'text/html', css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml' }

/** The page's files, by the path under `/simulator`. Nothing else is ever read from disk. */
const files: Record<string, keyof typeof types> = {
  '/': 'html',
  '/assets/phones.css': 'css',
  '/assets/handset.css': 'css',
  '/assets/icon.svg': 'svg',
  '/assets/phones.js': 'js',
  '/assets/handset.js': 'js',
  '/assets/bubble.js': 'js',
  '/assets/composer.js': 'js',
  '/assets/pictures.js': 'js',
  '/assets/dialogs.js': 'js',
  '/assets/api.js': 'js',
  '/assets/element.js': 'js',
}

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "media-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ')

export function pageRoutes(http: Scope, sim: Simulation): void {
  for (const [path, kind] of Object.entries(files)) {
    const file = new URL(
      `page/${path === '/' ? 'phones.html' : path.slice('/assets/'.length)}`,
      import.meta.url,
    )
    http.get(path, async (_request, reply) =>
      reply
        .type(`${types[kind]}; charset=utf-8`)
        .headers({
          'cache-control': 'no-cache',
          'content-security-policy': policy,
          'referrer-policy': 'no-referrer',
          'x-content-type-options': 'nosniff',
        })
        .send(await readFile(file)),
    )
  }

  http.get<{ Params: { sid: string } }>('/media/:sid', async ({ params }, reply) => {
    const media = sim.store.media.find(params.sid)
    if (!media) throw new AppError('not_found', 'This picture is gone.')
    return reply
      .type(media.content_type)
      .headers({
        'cache-control': 'private, max-age=86400, immutable',
        'content-security-policy': "default-src 'none'; sandbox",
        'x-content-type-options': 'nosniff',
      })
      .send(Buffer.from(media.bytes))
  })
}
