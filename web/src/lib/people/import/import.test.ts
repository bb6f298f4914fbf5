import { expect, test } from 'vitest'
import { ImportState } from './import.svelte.ts'

test('what is typed while a list is taken changes nothing of what is taken', async () => {
  const taken: string[] = []
  const answer = Promise.withResolvers<undefined>()
  const list = new ImportState({
    ask: async (people) => {
      taken.push(...people.map(({ name }) => name))
      await answer.promise
      return people.map((_, row) => ({ row, displayAddress: null, verdict: 'added', reason: null }))
    },
  })
  list.write('Ana, +13105550111')

  const taking = list.take()
  list.write('Ben, +13105550112')
  answer.resolve(undefined)

  expect(await taking).toBe(true)
  expect(taken).toEqual(['Ana'])
  expect(list.text).toBe('Ana, +13105550111')
  list.stop()
})

test('rows with a problem come first, each with its line in the list', async () => {
  const list = new ImportState({
    ask: async (people) =>
      people.map(({ phone }, row) => ({
        ...{ row, displayAddress: null, verdict: 'added' },
        reason: phone === '12' ? 'Not a phone number' : null,
      })),
  })
  list.write('Ana, +13105550111\nBen, 12\nCara, +13105550113')
  await list.take()

  expect(list.rows.map(({ line, name }) => `${line} ${name}`)).toEqual(['2 Ben', '1 Ana', '3 Cara'])
  list.stop()
})

test('a list that is undone stands there as before and is taken under another id; the result of another stays', async () => {
  const ids: string[] = []
  const list = new ImportState({
    ask: async (people, preview, importId) => {
      if (!preview) ids.push(importId)
      return people.map((_, row) => ({ row, displayAddress: null, verdict: 'added', reason: null }))
    },
  })
  list.write('Ana, +13105550111')
  await list.take()
  list.undone('another')
  expect(list.phase).toBe('done')

  list.undone(ids[0] ?? '')
  expect([list.phase, list.verdicts, list.text]).toEqual(['looking', [], 'Ana, +13105550111'])
  await list.take()
  expect(ids[1]).not.toBe(ids[0])
  list.stop()
})
