import { expect, test } from 'vitest'
import { csvLine } from './csv.ts'

test.each([
  ['+14155550101', "'+14155550101"],
  ['=1+1', "'=1+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['＝1+1', "'＝1+1"],
  ['\t=1', '"\'\t=1"'],
  ['\n=1', '"\'\n=1"'],
  ['a=1', 'a=1'],
])('S31: %j is the text %s, no formula', (cell, written) => {
  expect(csvLine([cell])).toBe(`${written}\r\n`)
})

test('what would part a cell in two is quoted, and a number is a number', () => {
  expect(csvLine(['a,b', 'a;b', 'say "hi"', 'two\nlines', null, -1])).toBe(
    '"a,b","a;b","say ""hi""","two\nlines",,-1\r\n',
  )
})
