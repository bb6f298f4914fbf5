import { expect, test } from 'vitest'
import { explainDelivery } from './delivery-causes.ts'
import { deliveryStatuses } from './delivery-status.ts'

const fine = { errorCode: null, cause: null }

test('a delivery that came to a bad end always says why, and one that did not never does', () => {
  const explained = deliveryStatuses.filter((status) => explainDelivery({ status, ...fine }))
  expect(explained).toEqual(['review', 'undelivered', 'failed'])
})

test('our own reason goes before a missing one of Twilio’s', () => {
  const stopped = { status: 'cancelled', errorCode: null, cause: 'opted_out' } as const
  expect(explainDelivery(stopped)?.reason).toContain('STOP')
})

test('a reason of a later version is not hidden', () => {
  const later = { status: 'failed', errorCode: 30003, cause: 'something_new' } as const
  expect(explainDelivery(later)).toMatchObject({ code: 30003 })
})
