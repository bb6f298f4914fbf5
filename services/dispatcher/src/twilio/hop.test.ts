import { expect, test } from 'vitest'
import { firstHop, nextHop } from './hop.ts'

const api = 'https://api.twilio.com'
const hop = firstHop(`${api}/2010-04-01/Media/ME1`)
const from = (location: string) => nextHop(hop, location, api)

test('S32: a redirect is followed to a public address by https, without our credentials', () => {
  expect(from('https://media.twiliocdn.com/AC1/ME1')).toMatchObject({ trusted: false })
  expect(from('https://name:secret@media.twiliocdn.com/x').url.href).toBe(
    'https://media.twiliocdn.com/x',
  )
  expect(from('/elsewhere')).toMatchObject({ trusted: true })
  expect(nextHop(from('https://8.8.8.8/x'), `${api}/back`, api)).toMatchObject({ trusted: true })
})

test.each([
  'http://media.twiliocdn.com/x',
  'http://api.twilio.com/x',
  'ftp://media.twiliocdn.com/x',
  'file:///etc/passwd',
  'https://127.0.0.1/x',
  'https://2130706433/x',
  'https://0x7f.1/x',
  'https://10.1.2.3/x',
  'https://169.254.169.254/latest/meta-data',
  'https://100.100.100.200/latest',
  'https://[::1]/x',
  'https://[::ffff:169.254.169.254]/x',
  'https://[fd00:ec2::254]/x',
  'https://0/x',
])('S32: a redirect to %s is refused', (location) => {
  expect(() => from(location)).toThrow(/not public/)
})
