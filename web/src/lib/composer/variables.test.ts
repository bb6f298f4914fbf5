import { expect, test } from 'vitest'
import { fillVariables, firstNameOf, type Known, openVariable } from './variables.ts'

const known: Known = {
  'first name': 'Mara',
  name: 'Mara Ode',
  'my name': 'Ana',
  line: 'Front desk',
}
const nobody: Known = { ...known, 'first name': undefined, name: undefined }

test('what is known is filled in, whatever stands behind the bar', () => {
  const text = 'Hi {first name|there}, {My Name} from {line}.'

  expect(fillVariables(text, known)).toBe('Hi Mara, Ana from Front desk.')
  expect(fillVariables(text, nobody)).toBe('Hi there, Ana from Front desk.')
})

test('what is not known and says no way without stays open, and is found', () => {
  const filled = fillVariables('Dear {name}, hello', nobody)

  expect(filled).toBe('Dear {name}, hello')
  expect(openVariable(filled)).toEqual({ start: 5, end: 11, name: 'name' })
  expect(openVariable('Dear {name|}, hello')).not.toBe(null)
  expect(openVariable(fillVariables('Dear{name|}', nobody))).toBe(null)
})

test('other braces are text', () => {
  expect(fillVariables('{price} {} {name', known)).toBe('{price} {} {name')
  expect(openVariable('{price}')).toBe(null)
})

test('a number is nobody’s first name', () => {
  expect(firstNameOf('Mara Ode')).toBe('Mara')
  expect(firstNameOf('(415) 555-0131')).toBe(undefined)
  expect(firstNameOf(null)).toBe(undefined)
})
