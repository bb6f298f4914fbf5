import { crc32, deflateSync } from 'node:zlib'

const width = 480
const height = 320

/** A sunset as a PNG, drawn here so that the demo needs no file. */
export function sunset(): Uint8Array {
  const rows = Buffer.alloc(height * (1 + width * 3))
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows.set(colourAt(x, y), y * (1 + width * 3) + 1 + x * 3)
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function colourAt(x: number, y: number): [number, number, number] {
  const horizon = height * 0.68
  const fromSun = Math.hypot(x - width * 0.62, y - horizon * 0.86)
  if (y > horizon) {
    const glitter = Math.sin(y * 0.9 + x * 0.04) * 14
    const depth = (y - horizon) / (height - horizon)
    return [96 - depth * 60 + glitter, 62 - depth * 30 + glitter, 110 - depth * 40].map(clamp) as [
      number,
      number,
      number,
    ]
  }
  if (fromSun < 44) return [255, 236, 178]
  const glow = Math.max(0, 1 - fromSun / 260)
  const down = y / horizon
  return [70 + down * 150 + glow * 60, 60 + down * 60 + glow * 70, 130 - down * 30].map(clamp) as [
    number,
    number,
    number,
  ]
}

const clamp = (value: number) => Math.max(0, Math.min(255, Math.round(value)))

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  framed.set(body, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}
