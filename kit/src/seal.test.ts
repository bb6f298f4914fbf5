import { expect, test } from 'vitest'
import { createSeal } from './seal.ts'

test('S39: what is sealed shows nothing, is never the same twice, and comes back as it was', () => {
  const seal = createSeal(['token'], 'webhooks')
  const content = [{ Body: 'lunch is ready 👋', From: '+15555550100' }]

  const sealed = seal.seal(content)

  expect(Buffer.from(sealed, 'base64').toString('latin1')).not.toMatch(/lunch|5555550100/)
  expect(seal.seal(content)).not.toBe(sealed)
  expect(seal.open(sealed)).toEqual(content)
})

test('S39: either secret opens while one is rotated, and no other one does', () => {
  const sealed = createSeal(['old'], 'webhooks').seal('kept')

  expect(createSeal(['new', 'old'], 'webhooks').open(sealed)).toBe('kept')
  expect(() => createSeal(['new'], 'webhooks').open(sealed)).toThrow(/secret/)
  expect(() => createSeal(['old'], 'another purpose').open(sealed)).toThrow(/secret/)
})

test('S39: what somebody changed or cut short is not opened', () => {
  const seal = createSeal(['token'], 'webhooks')
  const bytes = Buffer.from(seal.seal('kept'), 'base64')
  const flipped = Buffer.from(bytes)
  flipped.writeUInt8(flipped.readUInt8(14) ^ 1, 14)

  expect(() => seal.open(flipped.toString('base64'))).toThrow()
  expect(() => seal.open(bytes.subarray(0, 20).toString('base64'))).toThrow()
  expect(() => seal.open('')).toThrow()
})
