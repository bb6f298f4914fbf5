const privateName = /(^|\.)(localhost|local|internal|lan|home|test|example|invalid|home\.arpa)$/
const privateIp =
  /^(0|10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./

/** Why Twilio cannot send anything to this address, in plain words; null when nothing speaks against it. */
export function whyUnreachable(publicUrl: string): string | null {
  const host = URL.parse(publicUrl)?.hostname.replace(/^\[|\]$/g, '') ?? ''
  const isPrivate =
    privateName.test(host) ||
    privateIp.test(host) ||
    (host.includes(':') ? /^(::|f[cd]|fe[89ab])/.test(host) : !host.includes('.'))
  if (!isPrivate) return null
  return `Twilio cannot reach ${publicUrl}: that address exists only here. Set PUBLIC_URL to an address that the internet can open, and restart.`
}
