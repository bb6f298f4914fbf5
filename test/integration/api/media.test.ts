import { readdir } from 'node:fs/promises'
import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { maxMediaBytes, mediaEndpoints, mediaLinkPath } from '@partyline/contracts/api/media'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Client } from './client.ts'
import { makeLine, test } from './running-api.ts'

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n')
const vcard = Buffer.from('BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann\r\nEND:VCARD\r\n')

const upload = (client: Client, bytes: Buffer, headers: Record<string, string> = {}) =>
  client.ask('POST', '/api/media', bytes, headers)

async function uploaded(client: Client, bytes: Buffer, headers: Record<string, string> = {}) {
  const answer = await upload(client, bytes, headers)
  return mediaEndpoints.upload.reply.parse(JSON.parse(answer.text))
}

test('a file is what its first bytes say, whatever its sender calls it', async ({ ana }) => {
  const made = await uploaded(ana, png, {
    'content-type': 'text/html',
    'x-file-name': encodeURIComponent('../../Grüße\u0000 <b>.png'),
  })
  const got = await ana.get(made.url)

  expect(made).toMatchObject({
    ...{ contentType: 'image/png', sizeBytes: png.length, state: 'stored' },
    fileName: '....Grüße <b>.png',
  })
  expect(got.bytes).toEqual(png)
  expect(got.headers).toMatchObject({
    'content-type': 'image/png',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    'content-disposition': expect.stringMatching(/^inline; filename\*=UTF-8''/) as string,
  })
})

test('S34: what could carry script is refused, and what is no picture is a download', async ({
  ana,
}) => {
  const refused = [
    '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    '<!doctype html><script>alert(1)</script>',
    'alert(1)',
    'MZ\u0090',
  ]
  for (const text of refused) {
    const answer = await upload(ana, Buffer.from(text), { 'content-type': 'image/png' })
    expect([answer.status, answer.code], text).toEqual([415, 'unsupported_media_type'])
  }
  for (const [bytes, type] of [
    [pdf, 'application/pdf'],
    [vcard, 'text/vcard'],
  ] as const) {
    const made = await uploaded(ana, bytes)
    const got = await ana.get(made.url)
    expect(made.contentType).toBe(type)
    expect(got.headers['content-disposition']).toMatch(/^attachment/)
  }
})

/** A header is all there is to it. */
const pngOf = (width: number, height: number) => {
  const bytes = Buffer.from(png)
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  return bytes
}

test('S34: a picture that unfolds into 30,000 × 30,000 points is refused, a large photo is not', async ({
  ana,
}) => {
  const bomb = await upload(ana, pngOf(30_000, 30_000))
  const photo = await upload(ana, pngOf(8_000, 6_000))

  expect([bomb.status, bomb.code]).toEqual([413, 'body_too_large'])
  expect(photo.status).toBe(201)
})

test('S34: what is a picture and a script at once is only ever a picture', async ({ ana }) => {
  const gif = Buffer.from(
    'GIF89a/*\x00\x00\x00\x2c*/=1;alert(1)//<script>alert(1)</script>',
    'latin1',
  )
  const phar = Buffer.concat([png, Buffer.from('<?php system($_GET[0]); ?><svg onload=alert(1)>')])

  for (const [bytes, type] of [
    [gif, 'image/gif'],
    [phar, 'image/png'],
  ] as const) {
    const made = await uploaded(ana, bytes, {
      'content-type': 'text/html',
      'x-file-name': 'a.html',
    })
    expect((await ana.get(made.url)).headers).toMatchObject({
      'content-type': type,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      'cross-origin-resource-policy': 'same-origin',
    })
  }
})

test('S33: no address a user gives is ever handed on: a text carries files of ours and nothing else', async ({
  admin,
}) => {
  const line = await makeLine(admin)
  const { id } = await admin.call(
    conversationEndpoints.create,
    {},
    { lineId: line.id, address: '+12065551212' },
  )
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

test('more than 5 MB is 413, nothing at all is 400, and another site’s page is 403', async ({
  ana,
}) => {
  const large = Buffer.concat([png, Buffer.alloc(maxMediaBytes)])
  const foreign = await upload(ana, png, { origin: 'https://evil.example' })

  expect((await upload(ana, large)).status).toBe(413)
  expect((await upload(ana, Buffer.alloc(0))).status).toBe(400)
  expect([foreign.status, foreign.code]).toEqual([403, 'wrong_origin'])
})

test('B3 S33: pictures go with a text in their order, once each, and Twilio’s link, which nobody can guess, works until it expires', async ({
  stack,
  admin,
  nobody,
}) => {
  const line = await makeLine(admin)
  const { id } = await admin.call(
    conversationEndpoints.create,
    {},
    { lineId: line.id, address: '+12065551212' },
  )
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
  const open = (address: string) =>
    admin.call(conversationEndpoints.create, {}, { lineId: line.id, address })
  const [first, second] = [await open('+12065550001'), await open('+12065550002')]
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
