import { expect, test } from 'vitest'
import { givenComposer } from './given-composer.ts'

test('a template that was not taken once its box was left is told of, with nothing to keep', async () => {
  const kept: unknown[] = []
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const keep = (draft: unknown) => kept.push(draft)
  const composer = givenComposer({ send: () => promise, keep })

  const sent = composer.sendTemplate('Hi Ann', { id: 'HX1', variables: {} })
  composer.leave()
  resolve(false)

  expect(await sent).toBe(false)
  expect(kept).toEqual([null])
})
