import { expect, test } from 'vitest'
import { templateProblem } from './template-approval.ts'

const judged = { contentType: 'twilio/text', status: 'approved', rejectionReason: '' }

test('only an approved template of plain text can be sent', () => {
  expect(templateProblem(judged)).toBeNull()
  expect(templateProblem({ ...judged, contentType: 'twilio/media' })).toContain('twilio/media')
  for (const status of ['received', 'pending', 'unsubmitted', 'paused', 'disabled', 'in_appeal']) {
    expect(templateProblem({ ...judged, status })).not.toBeNull()
  }
})

test('a rejected one tells why, when WhatsApp did', () => {
  const rejected = { ...judged, status: 'rejected' }

  expect(templateProblem(rejected)).toBe('WhatsApp rejected it.')
  expect(templateProblem({ ...rejected, rejectionReason: 'INVALID_FORMAT.' })).toBe(
    'WhatsApp rejected it: INVALID_FORMAT.',
  )
})
