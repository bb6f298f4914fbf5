import type { lookup, LookupAddress } from 'node:dns'
import { expect, test } from 'vitest'
import { publicOnly } from './public-only.ts'

/** What a connection would be made to, when names resolve to this. */
async function connectingTo(...addresses: string[]) {
  const resolve = (
    _name: string,
    _options: object,
    done: (error: null, found: LookupAddress[]) => void,
  ) =>
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )
  const { promise, resolve: found, reject } = Promise.withResolvers<unknown>()
  publicOnly(resolve as typeof lookup)('media.example.com', { all: true }, (error, result) =>
    error ? reject(error) : found(result),
  )
  return promise
}

test('S32: a name is connected to at the very addresses that were judged', async () => {
  await expect(connectingTo('8.8.8.8')).resolves.toEqual([{ address: '8.8.8.8', family: 4 }])
})

test('S32: a name that leads here, to our network or to metadata is refused, even among good ones', async () => {
  for (const address of ['127.0.0.1', '192.168.1.1', '169.254.169.254', '::1', 'fe80::1']) {
    await expect(connectingTo(address)).rejects.toThrow(/not public/)
    await expect(connectingTo('8.8.8.8', address)).rejects.toThrow(/not public/)
  }
  await expect(connectingTo('::ffff:10.0.0.1')).rejects.toThrow(/not public/)
  await expect(connectingTo()).rejects.toThrow(/not public/)
})
