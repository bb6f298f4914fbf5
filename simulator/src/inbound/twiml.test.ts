import { expect, test } from 'vitest'
import { readTwiml } from './twiml.ts'

test('an empty response asks for nothing', () => {
  expect(readTwiml('text/xml', '<?xml version="1.0" encoding="UTF-8"?><Response/>')).toEqual({
    replies: [],
  })
})

test('messages become replies, with entities and CDATA read', () => {
  const xml = `<Response>
    <Message>Tom &amp; Ana &#128075;</Message>
    <Message to="+15550001"><Body><![CDATA[a < b]]></Body><Media>https://example.com/a?b&amp;c</Media></Message>
  </Response>`

  expect(readTwiml('text/xml; charset=utf-8', xml)).toMatchObject({
    replies: [
      { body: 'Tom & Ana 👋', mediaUrls: [] },
      { to: '+15550001', body: 'a < b', mediaUrls: ['https://example.com/a?b&c'] },
    ],
  })
})

test('plain text is texted back, which is why nobody should answer with it', () => {
  expect(readTwiml('text/plain', 'OK')).toMatchObject({ replies: [{ body: 'OK' }] })
})

test.each([
  [12300, 'application/json', '{}'],
  [12100, 'text/xml', 'not xml at all'],
  [12200, 'text/xml', '<Response><Dial>1</Dial></Response>'],
  [14109, 'text/xml', `<Response>${'<Message>x</Message>'.repeat(11)}</Response>`],
])('an answer Twilio cannot use is error %i', (errorCode, type, answer) => {
  expect(readTwiml(type, answer)).toEqual({ errorCode })
})
