import type { Template } from '@partyline/contracts/api/templates'
import { expect, test } from 'vitest'
import { createApi } from '../../api.ts'
import { TemplateChoice } from './template-choice.svelte.ts'

const template: Template = {
  ...{ id: `HX${'1'.repeat(32)}`, name: 'ready', language: 'en', category: 'UTILITY' },
  ...{ contentType: 'twilio/text', status: 'approved', canSend: true, problem: null },
  body: 'Hello {{1}}, your {{2}} is ready.',
  variables: [
    { name: '1', sample: 'Ann' },
    { name: '2', sample: 'order' },
  ],
}

function given() {
  const choice = new TemplateChoice(createApi(async () => Response.json({ items: [] })))
  choice.choose(template, 'Mara Lindqvist')
  return choice
}

test('S22: sending is blocked while a variable is empty, and a blank is empty', () => {
  const choice = given()
  expect(choice.body).toBe('Hello Mara, your {{2}} is ready.')
  expect(choice.canSend).toBe(false)

  choice.setValue('2', '  ')
  expect(choice.canSend).toBe(false)
  choice.setValue('2', ' cake ')

  expect(choice.canSend).toBe(true)
  expect(choice.variables).toEqual({ 1: 'Mara', 2: 'cake' })
  expect(choice.body).toBe('Hello Mara, your cake is ready.')
})

test('what WhatsApp would not take is told where it is typed, and blocks sending', () => {
  const choice = given()

  choice.setValue('2', `a${' '.repeat(5)}b`)
  expect(choice.problemOf('2')).toContain('four spaces')
  expect(choice.canSend).toBe(false)

  choice.setValue('2', 'a'.repeat(1_600))
  expect([choice.isTooLong, choice.canSend]).toEqual([true, false])
})

test('a variable that is called as what every object has is empty until it is filled in', () => {
  const choice = given()
  const variables = [{ name: 'constructor', sample: '' }]
  choice.choose({ ...template, body: 'For {{constructor}}', variables }, 'Mara Lindqvist')

  expect([choice.valueOf('constructor'), choice.canSend]).toEqual(['', false])
  choice.setValue('constructor', 'Ben')
  expect(choice.body).toBe('For Ben')
})
