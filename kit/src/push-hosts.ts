import { z } from 'zod'

/** The push services of Chrome and Edge, Firefox, Edge on Windows, and Safari. */
const wellKnown = [
  /^fcm\.googleapis\.com$/,
  /^(.+\.)?push\.services\.mozilla\.com$/,
  /^.+\.notify\.windows\.com$/,
  /^.+\.push\.apple\.com$/,
]

const toOrigin = (name: string) =>
  URL.parse(name.includes('://') ? name : `https://${name}`)?.origin ?? name

/** Origins besides the well-known ones; a name alone is https. */
export const pushHostsEnv = {
  PUSH_HOSTS: z
    .string()
    .transform((list) => list.split(',').map((name) => toOrigin(name.trim())))
    .refine((origins) => origins.every((origin) => /^https?:\/\//.test(origin)), {
      message: 'must be host names such as push.example.com, with commas between',
    })
    .optional(),
}

/**
 * Whether a browser's address may be posted to: it is given by whoever asks, and the request is made from
 * within our network. One that is `named` may be in that network, as whoever runs this says so.
 */
export function judgePushAddress(
  endpoint: string,
  named: readonly string[],
): 'well-known' | 'named' | undefined {
  const url = URL.parse(endpoint)
  if (!url || url.username !== '' || url.password !== '') return undefined
  if (named.includes(url.origin)) return 'named'
  const isPlain = url.protocol === 'https:' && url.port === ''
  return isPlain && wellKnown.some((host) => host.test(url.hostname)) ? 'well-known' : undefined
}
