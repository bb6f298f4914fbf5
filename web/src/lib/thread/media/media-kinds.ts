import type { Media } from '@partyline/contracts/api/messages'

type Described = Pick<Media, 'contentType' | 'fileName'>
type MediaKind = 'picture' | 'sound' | 'video' | 'contact' | 'file'

/** What browsers play; anything else is a file to download. */
const played = /^(audio\/(mpeg|mp4|aac|ogg|wav|x-wav|webm|amr-wb)|video\/(mp4|webm|ogg|quicktime))$/
const shown = /^image\/(png|jpeg|gif|webp)$/

export function kindOfMedia({ contentType }: Pick<Media, 'contentType'>): MediaKind {
  if (shown.test(contentType)) return 'picture'
  if (/^text\/(x-)?vcard$/.test(contentType)) return 'contact'
  if (played.test(contentType)) return contentType.startsWith('audio/') ? 'sound' : 'video'
  return 'file'
}

const names: Record<MediaKind, string> = {
  picture: 'Picture',
  sound: 'Sound',
  video: 'Video',
  contact: 'Contact card',
  file: 'File',
}

export function nameOfMedia(media: Described): string {
  return media.fileName ?? names[kindOfMedia(media)]
}

/** `PDF`, `HEIC`: what follows the slash, as people know it. */
export function typeOfMedia({ contentType, fileName }: Described): string {
  const ending = /\.(\w{1,5})$/.exec(fileName ?? '')?.[1]
  return (ending ?? contentType.split('/')[1] ?? 'file').replace(/^x-/, '').toUpperCase()
}

export function sizeInWords(bytes: number | null): string {
  if (bytes === null) return ''
  if (bytes < 1_000) return `${bytes} bytes`
  if (bytes < 1_000_000) return `${Math.round(bytes / 1_000)} kB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}

const largest = { width: 320, height: 360 }
const smallest = { width: 96, height: 64 }
const unknown = { width: 240, height: 180 }

/** The place of a picture, known before it is there; of unknown size a fixed one. */
export function boxOf({ width, height }: Pick<Media, 'width' | 'height'>): {
  width: number
  height: number
} {
  if (!width || !height) return unknown
  const scale = Math.min(largest.width / width, largest.height / height, 1)
  return {
    width: Math.max(smallest.width, Math.round(width * scale)),
    height: Math.max(smallest.height, Math.round(height * scale)),
  }
}
