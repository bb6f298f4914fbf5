import { expect, test } from 'vitest'
import { viewTemplate } from './template.ts'

test('a variable that is called as what every object has is one without a sample', () => {
  const { variables } = viewTemplate({
    ...{ sid: `HX${'1'.repeat(32)}`, name: 'hi', language: 'en', category: 'UTILITY' },
    ...{ contentType: 'twilio/text', status: 'approved', rejectionReason: '', foundAt: new Date() },
    ...{ body: 'Hi {{constructor}} and {{1}}', samples: { 1: 'Ann' } },
  })

  expect(variables).toEqual([
    { name: 'constructor', sample: '' },
    { name: '1', sample: 'Ann' },
  ])
})
