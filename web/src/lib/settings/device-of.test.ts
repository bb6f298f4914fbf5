import { expect, test } from 'vitest'
import { deviceOf } from './device-of.ts'

test('a session is named by browser and system, a program by itself', () => {
  const iphone =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19 Safari/604'
  const edge = 'Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/140 Safari/537 Edg/140'
  expect([iphone, edge, 'curl/8.1', ''].map(deviceOf)).toEqual([
    'Safari on an iPhone',
    'Edge on Windows',
    'curl/8.1',
    'An unknown device',
  ])
})
