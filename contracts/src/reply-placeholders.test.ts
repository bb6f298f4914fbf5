import { expect, test } from 'vitest'
import { placeholderProblem } from './reply-placeholders.ts'

test.each(['Hi {first name|there}, I am {My Name}.', '{line}', 'Braces } and { alone', ''])(
  'a saved reply may say %j',
  (text) => {
    expect(placeholderProblem(text)).toBeUndefined()
  },
)

test.each([
  ['Hi {{name}}!', '{{name}}'],
  ['Hi {name} and {foo}', '{foo}'],
  ['Hi {}', '{}'],
])('in %j the placeholder is refused, with those that there are', (text, unknown) => {
  expect(placeholderProblem(text)).toBe(
    `${unknown} is not a placeholder. There are {first name}, {name}, {my name} and {line}.`,
  )
})
