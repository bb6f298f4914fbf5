/** What is said of texts that were left out, as WhatsApp or Messenger would not take them; '' of none. */
export function leftOutWords({ late, withdrawn }: { late: number; withdrawn: number }): string {
  const reasons = [
    [
      late,
      'WhatsApp and Messenger take free text only within 24 hours of the contact’s last message.',
    ],
    [withdrawn, 'the template cannot be sent any more.'],
  ] as const
  return reasons
    .filter(([count]) => count > 0)
    .map(([count, why]) => `${count === 1 ? '1 text was' : `${count} texts were`} left out: ${why}`)
    .join(' ')
}
