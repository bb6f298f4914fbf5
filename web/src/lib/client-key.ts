/** Names one text for good, so that sending it again after a lost reply sends nothing twice. */
export function newClientKey(): string {
  // crypto.randomUUID is missing on pages served over plain http from another machine.
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
