import { expect } from 'vitest'
import { test } from './running-api.ts'

test('S11: guessing slows down, while the right password from elsewhere still works', async ({
  nobody,
  users,
}) => {
  const guesser = nobody()
  const statuses: number[] = []
  for (let guess = 0; guess < 10; guess += 1) {
    statuses.push((await guesser.signIn('ana@example.com', `guess ${guess}`)).status)
  }
  const owner = nobody()
  owner.ip = '198.51.100.7'

  expect(users.ana).not.toBe('')
  expect(statuses.slice(0, 5)).toEqual([401, 401, 401, 401, 401])
  expect(statuses.slice(5)).toEqual([429, 429, 429, 429, 429])
  expect((await owner.signIn('ana@example.com')).status).toBe(200)
})

test('S11: parallel guesses count as many, not as one', async ({ nobody, users }) => {
  expect(users.ana).not.toBe('')
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => nobody().signIn('ana@example.com', 'wrong password')),
  )

  expect(answers.filter(({ status }) => status === 401)).toHaveLength(5)
})

test('S48: a made-up X-Forwarded-For from outside does not look like another address', async ({
  nobody,
  users,
}) => {
  expect(users.ana).not.toBe('')
  const guesser = nobody()
  const statuses: number[] = []
  for (let guess = 0; guess < 7; guess += 1) {
    const body = { email: 'ana@example.com', password: `guess ${guess}` }
    const headers = { 'x-forwarded-for': `198.51.100.${guess}` }
    statuses.push((await guesser.ask('POST', '/api/session', body, headers)).status)
  }

  expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429])
})
