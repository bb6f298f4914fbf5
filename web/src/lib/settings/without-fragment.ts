/** An address as people read it: what follows `#` is how often Twilio tries again. */
export function withoutFragment(url: string): string {
  return url.split('#', 1)[0] ?? url
}
