/** One to three emoji and nothing else. */
export function isBigEmoji(body: string): boolean {
  return /^(?:\p{RGI_Emoji}\s?){1,3}$/v.test(body.trim()) && !/^[\d#*\s]+$/.test(body)
}
