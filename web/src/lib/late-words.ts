/** What is said of texts that were left out, as WhatsApp or Messenger would not take them; '' of none. */
export function lateWords(late: number): string {
  if (late === 0) return ''
  const were = late === 1 ? '1 text was left out' : `${late} texts were left out`
  return `${were}: WhatsApp and Messenger take free text only within 24 hours of the contact’s last message.`
}
