import { expect, test } from 'vitest'
import { notice, right, wrong } from './finding.ts'
import { toLines } from './to-lines.ts'

const findings = [
  right('Postgres', '18.4.'),
  notice('Redis', 'It is slow.'),
  wrong('PUBLIC_URL', 'Nobody answers.', 'Start it.'),
]

test('each finding is a line of its own, what to do stands below it, and the last line counts', () => {
  expect(toLines(findings, { colours: false })).toEqual([
    '✓ Postgres    18.4.',
    '! Redis       It is slow.',
    '✗ PUBLIC_URL  Nobody answers.',
    '              → Start it.',
    '',
    '1 problem, 1 thing to know.',
  ])
})

test('without a problem it says so', () => {
  expect(toLines([right('Redis', 'Fine.')], { colours: false }).at(-1)).toBe('All right.')
})

test('colours are only there when they are asked for', () => {
  const escape = String.fromCharCode(27)
  expect(toLines(findings, { colours: true }).join('')).toContain(escape)
  expect(toLines(findings, { colours: false }).join('')).not.toContain(escape)
})
