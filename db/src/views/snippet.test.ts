import { expect, test } from 'vitest'
import type { Word } from '../queries/word-query.ts'
import { snippetOf } from './snippet.ts'

const whole = (text: string): Word => ({ text, unfinished: false })
const begun = (text: string): Word => ({ text, unfinished: true })

const marked = (body: string, words: Word[]) => {
  const { text, matches } = snippetOf(body, words)
  return matches.map(({ start, end }) => text.slice(start, end))
}

test('whole words are marked whole, and of an unfinished one what was typed', () => {
  expect(marked('Café? The cafés there.', [whole('the'), begun('café')])).toEqual([
    ...['Café', 'The', 'café'],
  ])
})

test('a long text is cut around its first match, with marks at their places in the cut', () => {
  const body = `${'before '.repeat(40)}pizza 🍕 ${'behind '.repeat(40)}`
  const { text } = snippetOf(body, [whole('pizza')])

  expect(text).toMatch(/^…before .*pizza 🍕 behind.*…$/u)
  expect(text.length).toBeLessThan(170)
  expect(marked(body, [whole('pizza')])).toEqual(['pizza'])
})

test('a text without spaces is never cut in the middle of a character', () => {
  const { text } = snippetOf(`${'🍕'.repeat(90)}pizza${'🍕'.repeat(90)}`, [whole('pizza')])

  expect(text).toBe(text.toWellFormed())
  expect(text).toContain('pizza')
})
