import { maxMediaBytes } from '@partyline/contracts/api/media'
import { expect } from 'vitest'
import { test } from './running-api.ts'
import { pdf, png, upload, uploaded } from './uploads.ts'

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

const vcard = Buffer.from('BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann\r\nEND:VCARD\r\n')

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

test('more than 5 MB is 413, nothing at all is 400, and another site’s page is 403', async ({
  ana,
}) => {
  const large = Buffer.concat([png, Buffer.alloc(maxMediaBytes)])
  const foreign = await upload(ana, png, { origin: 'https://evil.example' })

  expect((await upload(ana, large)).status).toBe(413)
  expect((await upload(ana, Buffer.alloc(0))).status).toBe(400)
  expect([foreign.status, foreign.code]).toEqual([403, 'wrong_origin'])
})
