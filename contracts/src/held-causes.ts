/** Why a member's text is in the conversation and went to nobody else. */
const causes = {
  too_many: {
    reason: 'This member texted more in a minute than is passed on.',
    advice:
      'If it matters to the others, send it to them yourself. RELAY_CAP_PER_MINUTE is the limit.',
  },
  same_text: {
    reason:
      'This member sent the same text again and again, as a machine does, so it is not passed on.',
    advice: 'If a machine answers for them, remove that member. RELAY_CAP_SAME_TEXT is the limit.',
  },
  echo: {
    reason: 'This is a text of this group that came back, so passing it on could go on for ever.',
    advice: 'A member’s number belongs to a machine or to another hub. Remove that member.',
  },
} as const satisfies Record<string, { reason: string; advice: string }>

export type HeldCause = keyof typeof causes

export function explainHeld(cause: HeldCause): { reason: string; advice: string } {
  return causes[cause]
}
