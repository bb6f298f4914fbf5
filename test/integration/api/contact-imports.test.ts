import { randomUUID } from 'node:crypto'
import { contactImportEndpoints } from '@partyline/contracts/api/contact-imports'
import { contactEndpoints } from '@partyline/contracts/api/contacts'
import { expect } from 'vitest'
import { textIn } from '../../support/text-in.ts'
import { makeGroup, makeLine, makeMember, test } from './running-api.ts'

const phoneOf = (index: number) => `+1206555010${index}`

test('an import is undone for the contacts that it made and nobody has used since, by who made it, once', async ({
  stack,
  admin,
  ana,
}) => {
  const line = await makeLine(admin)
  const group = await makeGroup(admin, { address: '+12065550199' })
  const list = Array.from({ length: 7 }, (_, n) => ({ name: `P${n}`, phone: phoneOf(n) }))
  const give = (importId: string, contacts: object[]) =>
    ana.call(contactEndpoints.import, {}, { contacts, importId })
  const names = async () =>
    (await ana.call(contactEndpoints.list, {}, { limit: 100 })).items.map(({ name }) => name)
  const [first, second] = [randomUUID(), randomUUID()]
  await give(first, list.slice(0, 3))
  await give(first, list.slice(0, 6))
  await give(second, list.slice(5))
  const renamed = (await ana.call(contactEndpoints.list, {}, { q: 'P1' })).items[0]?.id ?? ''
  await ana.call(contactEndpoints.change, { id: renamed }, { name: 'Paula' })
  await textIn(stack.db, { From: phoneOf(2), To: line.address, Body: 'Hi' })
  await makeMember(admin, group.id, 'P3', phoneOf(3))

  expect((await ana.call(contactImportEndpoints.list)).items).toMatchObject([
    { id: second, untouched: 1 },
    { id: first, untouched: 3 },
  ])
  expect((await admin.try(contactImportEndpoints.undo, { id: first })).code).toBe('not_found')
  expect(await ana.call(contactImportEndpoints.undo, { id: first })).toEqual({ removed: 3 })

  expect((await names()).sort()).toEqual(['P2', 'P3', 'P6', 'Paula'])
  expect((await ana.try(contactImportEndpoints.undo, { id: first })).code).toBe('not_found')
  const again = await ana.try(contactEndpoints.import, {}, { contacts: list, importId: first })
  expect(again.code).toBe('invalid_request')
  expect((await ana.call(contactImportEndpoints.list)).items).toMatchObject([{ id: second }])
})
