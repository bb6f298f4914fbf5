import path from 'node:path'
import { expect, test } from 'vitest'
import { loadConfig } from './config.ts'
import { toLines } from '@partyline/cli/line-seeds'

const load = (env: NodeJS.ProcessEnv) => loadConfig(env, '/srv/partyline')

test('A2: with nothing set it is port 8080 on this machine, with the simulator', () => {
  expect(load({})).toMatchObject({
    port: 8080,
    publicUrl: 'http://localhost:8080',
    dataFolder: path.resolve('/srv/partyline/.data'),
    twilio: undefined,
    admin: undefined,
  })
})

test('another port is another address, unless PUBLIC_URL says otherwise', () => {
  expect(load({ PORT: '9000' }).publicUrl).toBe('http://localhost:9000')
  expect(load({ PORT: '9000', PUBLIC_URL: 'https://text.example/' }).publicUrl).toBe(
    'https://text.example',
  )
})

test('every bad variable of every service is named in one line, without its value', () => {
  const bad = { PORT: 'abc', LIMIT: 'hunter2', DEFAULT_COUNTRY: 'usa', TWILIO_API_KEY: 'hunter2' }

  const message = (() => {
    try {
      load(bad)
    } catch (error) {
      return (error as Error).message
    }
    return 'accepted'
  })()

  for (const name of Object.keys(bad)) expect(message).toContain(name)
  expect(message).not.toContain('hunter2')
  expect(message).not.toContain('\n')
})

test('half a pair is refused', () => {
  expect(() => load({ ADMIN_EMAIL: 'a@example.com' })).toThrow('ADMIN_PASSWORD')
  expect(() => load({ TWILIO_ACCOUNT_SID: `AC${'a'.repeat(32)}` })).toThrow('TWILIO_AUTH_TOKEN')
})

test('B16: each address that is set becomes a line, spelled as Twilio spells it', () => {
  const service = `MG${'a'.repeat(32)}`
  const { read } = load({
    TWILIO_NUMBER: '+15555550100',
    WHATSAPP_ID: '+15555550101',
    FACEBOOK_MESSENGER_ID: 'messenger:4711',
    TWILIO_MESSAGING_SERVICE_SID: service,
  })

  expect(toLines(read).map(({ address, channel }) => [address, channel])).toEqual([
    ['+15555550100', 'sms'],
    ['whatsapp:+15555550101', 'whatsapp'],
    ['messenger:4711', 'messenger'],
    [service, 'sms'],
  ])
})

test('S36: a secret may be in a file, and one that is not there is named', () => {
  const file = path.join(import.meta.dirname, 'config.test.ts')
  const { twilio } = load({
    TWILIO_ACCOUNT_SID: `AC${'a'.repeat(32)}`,
    TWILIO_AUTH_TOKEN_FILE: file,
  })

  expect(twilio?.authToken).toContain('a secret may be in a file')
  expect(() => load({ ADMIN_PASSWORD_FILE: '/nowhere' })).toThrow('ADMIN_PASSWORD_FILE')
})
