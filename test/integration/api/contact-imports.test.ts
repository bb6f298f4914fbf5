import { randomUUID } from 'node:crypto'
import { auditEndpoints } from '@partyline/contracts/api/audit'
import { contactImportEndpoints } from '@partyline/contracts/api/contact-imports'
import { contactEndpoints } from '@partyline/contracts/api/contacts'
import { groupEndpoints } from '@partyline/contracts/api/groups'
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
  expect(await ana.call(contactImportEndpoints.undo, { id: first })).toEqual({
    removed: 3,
    renamedBack: 0,
  })

  expect((await names()).sort()).toEqual(['P2', 'P3', 'P6', 'Paula'])
  expect((await ana.try(contactImportEndpoints.undo, { id: first })).code).toBe('not_found')
  const again = await ana.try(contactEndpoints.import, {}, { contacts: list, importId: first })
  expect(again.code).toBe('invalid_request')
  expect((await ana.call(contactImportEndpoints.list)).items).toMatchObject([{ id: second }])
})

test('an import names whom it finds, or keeps their names if told to; undoing it gives the names back that are still its own', async ({
  admin,
  ana,
}) => {
  const group = await makeGroup(admin, { address: '+12065550199' })
  await makeMember(admin, group.id, 'Ana Flores', phoneOf(1))
  await makeMember(admin, group.id, 'Ben', phoneOf(2))
  const list = [
    { name: 'Ana F', phone: phoneOf(1) },
    { name: 'Benjamin', phone: phoneOf(2) },
    { name: 'Cy', phone: phoneOf(3) },
  ]
  const [kept, taken] = [randomUUID(), randomUUID()]
  const give = (more: object) => ana.call(contactEndpoints.import, {}, { contacts: list, ...more })
  const contacts = async () => (await ana.call(contactEndpoints.list, {}, { limit: 100 })).items
  const names = async () => (await contacts()).map(({ name }) => name).sort()

  const seen = await give({ preview: true })
  expect(seen.rows.map(({ verdict, nameBefore }) => [verdict, nameBefore])).toEqual([
    ['renamed', 'Ana Flores'],
    ['renamed', 'Ben'],
    ['created', null],
  ])
  expect(await give({ keepNames: true, importId: kept })).toMatchObject({ created: 1, renamed: 0 })
  expect(await names()).toEqual(['Ana Flores', 'Ben', 'Cy'])
  await ana.call(contactImportEndpoints.undo, { id: kept })
  await give({ importId: taken })
  await give({ importId: taken })
  expect(await names()).toEqual(['Ana F', 'Benjamin', 'Cy'])
  const ben = (await contacts()).find(({ name }) => name === 'Benjamin')?.id ?? ''
  await ana.call(contactEndpoints.change, { id: ben }, { name: 'Benny' })

  expect((await ana.call(contactImportEndpoints.list)).items).toMatchObject([
    { id: taken, untouched: 1, renamed: 1 },
  ])
  expect(await ana.call(contactImportEndpoints.undo, { id: taken })).toEqual({
    removed: 1,
    renamedBack: 1,
  })

  expect(await names()).toEqual(['Ana Flores', 'Benny'])
  const { items: seats } = await admin.call(groupEndpoints.members, { id: group.id })
  expect(seats.map(({ name }) => name).sort()).toEqual(['Ana Flores', 'Benny'])
  const { items } = await admin.call(auditEndpoints.list)
  const written = items.filter(({ action }) => action.startsWith('contacts.import'))
  expect(written.map(({ subject, details }) => [subject, details])).toEqual([
    [taken, { removed: 1, renamedBack: 1 }],
    [taken, { created: 1, renamed: 2 }],
    [kept, { removed: 1, renamedBack: 0 }],
    [kept, { created: 1, renamed: 0 }],
  ])
})
