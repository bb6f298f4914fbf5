interface File {
  contentType: string
  sizeBytes: number | null
  fileName: string | null
}

/** Shown in the page; everything else is a download, as it could carry script. */
const shown = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])

/** Keeps a file that somebody sent from acting as a page of ours. */
export function fileHeaders(
  { contentType, sizeBytes, fileName }: File,
  cache: 'private' | 'public',
): Record<string, string> {
  const disposition = shown.has(contentType) ? 'inline' : 'attachment'
  const name = fileName === null ? '' : `; filename*=UTF-8''${encodeRfc5987(fileName)}`
  return {
    'content-type': contentType,
    'content-disposition': disposition + name,
    'content-security-policy': "sandbox; default-src 'none'",
    'cache-control': `${cache}, max-age=86400`,
    'cross-origin-resource-policy': 'same-origin',
    ...(sizeBytes !== null && { 'content-length': String(sizeBytes) }),
  }
}

function encodeRfc5987(text: string): string {
  return encodeURIComponent(text).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
