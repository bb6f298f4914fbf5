import { expect, test } from 'vitest'
import { problemOf } from './account-problem.ts'
import { NoAnswerError, NotSentError } from './http-client.ts'

test.each([
  [{ status: 401, code: 20003 }, 'refused', 'an API key must be allowed'],
  [{ status: 403, code: 20008 }, 'refused', '(20008)'],
  [{ status: 404, code: 20404 }, 'refused', 'no longer in the Twilio account'],
  [{ status: 400, code: 21402 }, 'refused', 'Twilio refuses this (21402)'],
  [{ status: 429, code: 20429 }, 'later', 'too much to do (20429)'],
  [{ status: 500 }, 'later', 'does not answer as it should'],
  [new NotSentError('no route'), 'later', 'cannot be reached'],
  [new NoAnswerError('timeout'), 'later', 'does not answer as it should'],
  [new SyntaxError('not JSON'), 'later', 'does not answer as it should'],
])('%o is %s, in words that say what to do', (error, outcome, words) => {
  const problem = problemOf(error)

  expect(problem.outcome).toBe(outcome)
  expect(problem.problem).toContain(words)
})
