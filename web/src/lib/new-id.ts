/** A random UUID. crypto.randomUUID is missing on pages served over plain http from another machine. */
export function newId(): string {
  const [hex = '', rest = ''] = [8, 8].map((count) =>
    Array.from(crypto.getRandomValues(new Uint8Array(count)), (byte) =>
      byte.toString(16).padStart(2, '0'),
    ).join(''),
  )
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13)}-8${rest.slice(1, 4)}-${rest.slice(4)}`
}
