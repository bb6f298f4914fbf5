import { describe, expect, test } from 'vitest'
import {
  type FoundWebhooks,
  takenBy,
  wantedServiceWebhooks,
  wantedWebhooks,
  webhookProblems,
} from './number-webhooks.ts'

const hub = 'https://hub.acme.org'
const address = `${hub}/webhooks/twilio/messages`
const right: FoundWebhooks = { ...wantedWebhooks(hub), service: null }
const service = { sid: 'MG1', ...wantedServiceWebhooks(hub) }
const problemsOf = (changes: Partial<FoundWebhooks>) =>
  webhookProblems({ ...right, ...changes }, hub)

test('what is wanted has Twilio try again whatever happened, and has a fallback', () => {
  expect(wantedWebhooks(`${hub}/`)).toEqual({
    smsUrl: `${address}#rc=5&rp=all&ct=2000&rt=4000`,
    smsMethod: 'POST',
    smsFallbackUrl: `${address}#rc=5&rp=all&ct=2000&rt=4000`,
    smsFallbackMethod: 'POST',
    smsApplicationSid: '',
  })
})

test('a number that has what is wanted has no problem, nor has one in such a service', () => {
  expect(problemsOf({})).toEqual([])
  expect(problemsOf({ smsUrl: 'https://old.acme.org', service })).toEqual([])
})

test.each([
  [{ smsUrl: '' }, 'Its webhook is not set, so its texts go nowhere.'],
  [
    { smsUrl: 'https://name:secret@other.acme.org/in?key=1' },
    'Its webhook points at https://other.acme.org/in, not at Partyline.',
  ],
  [{ smsUrl: address.replace('https', 'http') }, 'points at http://hub.acme.org'],
  [{ smsUrl: address.replace('hub.', 'HUB.') }, 'not at Partyline'],
  [{ smsMethod: 'GET' }, 'Its webhook is called with GET, not with POST.'],
  [{ smsApplicationSid: 'AP1' }, 'Its texts are given to the application AP1, not to Partyline.'],
  [
    { service: { ...service, inboundRequestUrl: '' } },
    'The webhook of its Messaging Service is not set, so its texts go nowhere.',
  ],
])('texts are lost with %o, and the sentence says why', (changes, sentence) => {
  const [problem, ...others] = problemsOf(changes)

  expect(problem?.effect).toBe('lost')
  expect(problem?.sentence).toContain(sentence)
  expect(others).toEqual([])
})

test.each([
  [{ smsUrl: address }, 'smsUrl'],
  [{ smsUrl: `${address}#rc=3&rp=ct` }, 'smsUrl'],
  [{ smsUrl: `${address}#rc=0&rp=all` }, 'smsUrl'],
  [{ smsFallbackUrl: '' }, 'smsFallbackUrl'],
  [{ smsFallbackUrl: 'https://other.acme.org' }, 'smsFallbackUrl'],
  [{ smsFallbackMethod: 'GET' }, 'smsFallbackMethod'],
  [{ service: { ...service, fallbackUrl: '' } }, 'fallbackUrl'],
])('texts are not tried again with %o', (changes, field) => {
  expect(problemsOf(changes)).toEqual([expect.objectContaining({ field, effect: 'fragile' })])
})

test.each([`${address}?a=1#rc=3&rp=all`, `${hub}:443/webhooks/twilio/messages#rp=5xx,ct,rt`])(
  'another spelling that works is no problem: %s',
  (smsUrl) => {
    expect(problemsOf({ smsUrl })).toEqual([])
  },
)

test('what was found is shown without passwords and keys', () => {
  const [problem] = problemsOf({ smsUrl: 'https://name:secret@other.acme.org/in?key=hidden' })

  expect(problem).toMatchObject({ field: 'smsUrl', found: 'https://other.acme.org/in' })
  expect(JSON.stringify(problem)).not.toMatch(/secret|hidden/)
})

describe('taken by somebody else', () => {
  test.each([
    [{ smsUrl: 'https://u:p@other.acme.org/in?k=1' }, 'https://other.acme.org/in'],
    [{ smsApplicationSid: 'AP1' }, 'AP1'],
    [{ service: { ...service, inboundRequestUrl: 'https://x.org/' } }, 'https://x.org/'],
  ])('is a number with %o', (changes, by) => {
    expect(takenBy({ ...right, ...changes }, hub)).toBe(by)
  })

  test.each([
    {},
    { smsUrl: '' },
    { smsUrl: 'https://demo.twilio.com/welcome/sms/reply/' },
    { smsUrl: 'https://other.acme.org', service },
  ])('is not a number with %o', (changes) => {
    expect(takenBy({ ...right, ...changes }, hub)).toBeNull()
  })
})
