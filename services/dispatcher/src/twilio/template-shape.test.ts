import { expect, test } from 'vitest'
import { toSeenTemplate } from './template-shape.ts'

const listed = {
  sid: 'HX1',
  friendlyName: 'hello',
  language: 'en',
  variables: { 1: 'you' } as unknown,
  types: { 'twilio/text': { body: 'Hello {{1}}' } } as unknown,
  approvalRequests: { status: 'APPROVED', category: 'UTILITY', rejection_reason: '' } as unknown,
}

test('a template of plain text is taken down with its samples and what WhatsApp says', () => {
  expect(toSeenTemplate(listed)).toEqual({
    ...{ sid: 'HX1', name: 'hello', language: 'en', category: 'UTILITY', status: 'approved' },
    ...{ contentType: 'twilio/text', body: 'Hello {{1}}', samples: { 1: 'you' } },
    rejectionReason: '',
  })
})

test('one that was never submitted, or comes without variables, is no reason to fail', () => {
  for (const nothing of [null, undefined, {}, []]) {
    expect(
      toSeenTemplate({ ...listed, variables: nothing, approvalRequests: nothing }),
    ).toMatchObject({ status: 'unsubmitted', samples: {} })
  }
  expect(toSeenTemplate({ ...listed, types: null })).toMatchObject({ body: '' })
})

test('text beside something richer is not taken for all there is', () => {
  const types = { 'twilio/text': { body: 'Menu' }, 'twilio/media': { body: 'Menu!', media: [] } }

  expect(toSeenTemplate({ ...listed, types })).toMatchObject({
    contentType: 'twilio/media',
    body: 'Menu',
  })
})
