import { expect, test } from 'vitest'
import { whyUnreachable } from './public-address.ts'

test.each([
  'http://localhost:8080',
  'http://127.0.0.1:8080',
  'https://10.1.2.3',
  'https://172.20.0.4',
  'https://192.168.1.5:8443',
  'https://100.64.0.9',
  'http://[::1]:8080',
  'http://[fd00::1]',
  'http://partyline:8080',
  'https://hub.local',
  'https://hub.internal',
])('Twilio cannot reach %s, and the reason says what to set', (publicUrl) => {
  expect(whyUnreachable(publicUrl)).toContain('PUBLIC_URL')
})

test.each(['https://hub.acme.org', 'http://203.0.113.7:8080', 'https://[2001:db8::1]'])(
  'nothing speaks against %s',
  (publicUrl) => {
    expect(whyUnreachable(publicUrl)).toBeNull()
  },
)
