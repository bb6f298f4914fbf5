import { expect, test } from 'vitest'
import { z } from 'zod'
import { readEnv } from './config.ts'
import { trustedProxies } from './trusted-proxies.ts'

const read = (given?: string) =>
  readEnv(z.object({ TRUSTED_PROXIES: trustedProxies }), { TRUSTED_PROXIES: given }).TRUSTED_PROXIES

test('S48: proxies are named by address, range or kind; unless told, only those on this machine', () => {
  expect(read()).toEqual(['loopback'])
  expect(read('10.1.0.0/16, uniquelocal,2001:db8::/32,192.0.2.7')).toEqual([
    ...['10.1.0.0/16', 'uniquelocal', '2001:db8::/32', '192.0.2.7'],
  ])
})

test.each([
  'true',
  '1',
  '*',
  '0.0.0.0/0',
  '::/0',
  'loopback,true',
  '10.0.0.0/33',
  '10.0.0.0/8/8',
  ',',
])('S48: %s is refused at the start, with what to write instead', (given) => {
  expect(() => read(given)).toThrow(/TRUSTED_PROXIES: must be addresses and ranges such as/)
})
