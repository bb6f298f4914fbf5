import { expect, test } from 'vitest'
import { fillTemplate, templateParts, valueProblem, variablesOf } from './template-text.ts'

const order =
  'Your {{1}} order of {{2}} has shipped and should be delivered on {{3}}. Details : {{4}}'

test('B31: a template is filled in where its variables are, whatever the values contain', () => {
  const values = { 1: 'Acme', 2: '$& {{3}}', 3: 'Friday', 4: 'x.example' }

  expect(fillTemplate(order, values)).toBe(
    'Your Acme order of $& {{3}} has shipped and should be delivered on Friday. Details : x.example',
  )
})

test('variables have numbers or names, each is asked for once, and other braces are text', () => {
  expect(variablesOf('{{ first_name }}, {{1}} and {{first_name}}: {x} {{}} {{a b}}')).toEqual([
    'first_name',
    '1',
  ])
  expect(templateParts('Hi {{1}}!')).toEqual([{ text: 'Hi ' }, { variable: '1' }, { text: '!' }])
  expect(templateParts('{{1}}')).toEqual([{ variable: '1' }])
})

test('a variable that has no value is not taken from what every object has', () => {
  expect(fillTemplate('{{constructor}} {{1}}', {})).toBe('{{constructor}} {{1}}')
})

test('a value that Twilio would refuse is told before', () => {
  expect([' ', 'a\nb', 'a\tb', `a${' '.repeat(5)}b`].map(valueProblem)).toEqual([
    'is empty',
    expect.stringContaining('line break'),
    expect.stringContaining('tab'),
    expect.stringContaining('four spaces'),
  ])
  expect(valueProblem(`Mara’s${' '.repeat(4)}order`)).toBeUndefined()
})
