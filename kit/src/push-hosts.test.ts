import { expect, test } from 'vitest'
import { z } from 'zod'
import { judgePushAddress, pushHostsEnv } from './push-hosts.ts'

const { PUSH_HOSTS } = z.object(pushHostsEnv).parse({
  PUSH_HOSTS: 'push.example.com, http://127.0.0.1:9000/',
})

test('what browsers subscribe with is taken', () => {
  for (const endpoint of [
    'https://fcm.googleapis.com/fcm/send/c1KrmpTuRm',
    'https://updates.push.services.mozilla.com/wpush/v2/gAAAA',
    'https://wns2-par02p.notify.windows.com/w/?token=BQYA',
    'https://web.push.apple.com/QGuQyavXutnMH',
  ]) {
    expect(judgePushAddress(endpoint, []), endpoint).toBe('well-known')
  }
})

test('an address that is not of a push service is refused', () => {
  for (const endpoint of [
    'http://fcm.googleapis.com/fcm/send/x',
    'https://fcm.googleapis.com:8443/x',
    'https://fcm.googleapis.com@evil.example/x',
    'https://me:pw@fcm.googleapis.com/x',
    'https://fcm.googleapis.com.evil.example/x',
    'https://evil.example/fcm.googleapis.com',
    'https://notpush.services.mozilla.com/x',
    'https://notify.windows.com/x',
    'https://127.0.0.1/x',
    'https://[::1]/x',
    'https://localhost/x',
    'https://169.254.169.254/latest',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'no address',
  ]) {
    expect(judgePushAddress(endpoint, []), endpoint).toBeUndefined()
  }
})

test('whoever runs it may name more, by name or with another port', () => {
  const judge = (endpoint: string) => judgePushAddress(endpoint, PUSH_HOSTS ?? [])

  expect(judge('https://push.example.com/x')).toBe('named')
  expect(judge('http://127.0.0.1:9000/x')).toBe('named')
  expect(judge('http://push.example.com/x')).toBeUndefined()
  expect(judge('http://127.0.0.1:9001/x')).toBeUndefined()
  expect(z.object(pushHostsEnv).safeParse({ PUSH_HOSTS: 'a b' }).success).toBe(false)
})
