/** The 2010 API: `Thu, 24 Aug 2023 05:01:45 +0000`. */
export function toRfc2822(ms: number): string {
  return new Date(ms).toUTCString().replace('GMT', '+0000')
}

/** The v1 APIs: ISO 8601, whole seconds. */
export function toIsoSeconds(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z')
}
