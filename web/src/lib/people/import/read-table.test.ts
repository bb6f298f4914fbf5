import { expect, test } from 'vitest'
import { guessColumns, peopleIn } from './guess-columns.ts'
import { readTable, writeTable } from './read-table.ts'

const read = (text: string) => {
  const { rows } = readTable(text)
  return peopleIn(rows, guessColumns(rows)).map(({ name, phone }) => [name, phone])
}

test.for<[name: string, text: string]>([
  ['commas', 'Ana,(310) 555-0111\nBen, 1 773 555 0112'],
  ['tabs, as from a spreadsheet', 'Ana\t(310) 555-0111\r\nBen\t1 773 555 0112\r\n'],
  ['semicolons and a heading', 'Nome;Telefono\nAna;(310) 555-0111\nBen;1 773 555 0112'],
  ['nothing but a space', 'Ana (310) 555-0111\n\nBen 1 773 555 0112'],
  ['another mark in each line', 'Ana, (310) 555-0111\nBen; 1 773 555 0112'],
  ['the number first', '(310) 555-0111 Ana\n1 773 555 0112 Ben'],
  ['quotes and other columns', 'id,phone,name\n1,"(310) 555-0111","Ana"\n2,1 773 555 0112,Ben'],
])('names and numbers are found with %s', ([, text]) => {
  expect(read(text)).toEqual([
    ['Ana', '(310) 555-0111'],
    ['Ben', '1 773 555 0112'],
  ])
})

test('first and last names become one, and a comma in quotes stays in its name', () => {
  expect(read('First name,Last name,Mobile\nAna,Ruiz,+13105550111')).toEqual([
    ['Ana Ruiz', '+13105550111'],
  ])
  expect(read('"Ruiz, Ana",+13105550111')).toEqual([['Ruiz, Ana', '+13105550111']])
})

test('lines are told as the file counts them, and numbers alone are numbers', () => {
  expect(readTable('\n\nAna,1\n\nBen,2').lines).toEqual([3, 5])
  expect(read('+13105550111\n+17735550112')).toEqual([
    ['', '+13105550111'],
    ['', '+17735550112'],
  ])
})

test('what was kept from being a formula comes back as it was, and goes out so again', () => {
  expect(read("name,phone\nAna,'+13105550111")).toEqual([['Ana', '+13105550111']])
  expect(writeTable([['=1+1', 'a']])).toBe(`"'=1+1",a`)
})
