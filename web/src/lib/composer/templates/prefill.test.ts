import { expect, test } from 'vitest'
import { prefill } from './prefill.ts'

const template = (body: string, language = 'en') => ({ body, language })

test('S22: whoever is greeted is called by their first name, or “there” when it is not known', () => {
  const body = 'Hello {{1}}, your {{2}} is ready.'

  expect(prefill(template(body), 'Mara Lindqvist')).toEqual({ 1: 'Mara' })
  expect(prefill(template(body), '+1 212 555 0142')).toEqual({ 1: 'there' })
  expect(prefill(template(body), null)).toEqual({ 1: 'there' })
  expect(prefill(template('Hallo {{1}}!', 'de'), null)).toEqual({})
})

test('a variable called a name is one wherever it stands, and a number alone says nothing', () => {
  expect(prefill(template('{{first_name}} ({{full_name}}): {{1}}'), 'Mara Lindqvist')).toEqual({
    first_name: 'Mara',
    full_name: 'Mara Lindqvist',
  })
  expect(prefill(template('Your {{1}} code is {{2}}'), 'Mara')).toEqual({})
})
