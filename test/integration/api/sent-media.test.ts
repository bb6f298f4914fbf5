import { readdir } from 'node:fs/promises'
import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { mediaLinkPath } from '@partyline/contracts/api/media'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { makeDirect, openConversation } from './conversation-steps.ts'
import { makeLine, test } from './running-api.ts'
import { pdf, png, uploaded } from './uploads.ts'

test('S33: no address a user gives is ever handed on: a text carries files of ours and nothing else', async ({
  admin,
}) => {
  const { id } = await makeDirect(admin)
  const text = { body: 'look', clientKey: 'k1' }
  for (const address of [
    'http://169.254.169.254/latest',
    'https://evil.example/a.png',
    '/etc/passwd',
  ]) {
    const asId = await admin.ask('POST', `/api/conversations/${id}/messages`, {
      ...text,
      mediaIds: [address],
    })
    expect(asId.status).toBe(400)
    const besides = { ...text, mediaUrl: address, mediaUrls: [address], media: [{ url: address }] }
    const sent = await admin.ask('POST', `/api/conversations/${id}/messages`, besides)
    expect([400, 202]).toContain(sent.status)
    expect(sent.text).not.toContain(address)
  }
  const { items } = await admin.call(messageEndpoints.list, { id })
  expect(items.flatMap(({ media }) => media)).toEqual([])
})

test('B3 S33: pictures go with a text in their order, once each, and Twilio’s link, which nobody can guess, works until it expires', async ({
  stack,
  admin,
  nobody,
}) => {
  const { id } = await makeDirect(admin)
  const [one, two] = [await uploaded(admin, pdf), await uploaded(admin, png)]
  const body = { body: '', clientKey: 'k1', mediaIds: [two.id, one.id] }
  const sent = await admin.call(messageEndpoints.send, { id }, body)
  const again = await admin.call(messageEndpoints.send, { id }, body)
  const reused = await admin.try(messageEndpoints.send, { id }, { ...body, clientKey: 'k2' })
  const [row] = await stack.db.execute<{ token: string; expires: string | null }>(sql`
    update media set link_expires_at = now() + interval '1 day' where id = ${two.id}
    returning link_token as token`)
  const link = mediaLinkPath(row?.token ?? '', 'picture.png')

  expect(sent.media.map((file) => file.id)).toEqual([two.id, one.id])
  expect(again.id).toBe(sent.id)
  expect(reused.status).toBe(400)
  expect(row?.token).toMatch(/^[\w-]{43}$/)
  expect((await nobody().get(link)).bytes).toEqual(png)
  expect((await nobody().get(mediaLinkPath('guess', 'picture.png'))).status).toBe(404)
  await stack.db.execute(sql`update media set link_expires_at = now() - interval '1 second'`)
  expect((await nobody().get(link)).status).toBe(404)
  expect((await admin.call(conversationEndpoints.get, { id })).lastMessage?.mediaCount).toBe(2)
})

test('B47: the files of a deleted conversation are deleted, unless another one has the same', async ({
  stack,
  admin,
}) => {
  const onDisk = async () => {
    const entries = await readdir(stack.dataFolder, { recursive: true, withFileTypes: true })
    return entries.filter((entry) => entry.isFile()).length
  }
  const line = await makeLine(admin)
  const first = await openConversation(admin, line.id, '+12065550001')
  const second = await openConversation(admin, line.id, '+12065550002')
  const files = { a: await uploaded(admin, png), b: await uploaded(admin, png) }
  const send = (id: string, mediaId: string) =>
    admin.call(messageEndpoints.send, { id }, { body: '', clientKey: id, mediaIds: [mediaId] })
  await send(first.id, files.a.id)
  await send(second.id, files.b.id)

  expect(await onDisk()).toBe(1)

  await admin.call(conversationEndpoints.remove, { id: first.id })
  expect((await admin.get(files.a.url)).status).toBe(404)
  expect((await admin.get(files.b.url)).bytes).toEqual(png)
  await admin.call(conversationEndpoints.remove, { id: second.id })
  expect(await onDisk()).toBe(0)
})
