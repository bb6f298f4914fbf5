interface Explained {
  reason: string
  advice: string
  /** Whether a person may still have it go to the others. */
  canPassOn: boolean
}

/** Why a member's text is in the conversation and went to nobody else. */
const causes = {
  paused: {
    reason: 'The group was paused.',
    advice: 'Pass it on when the group may have it, or leave it here.',
    canPassOn: true,
  },
  too_many: {
    reason: 'This member texted more in a minute than is passed on.',
    advice:
      'If it matters to the others, pass it on. An administrator can have more allowed in a minute.',
    canPassOn: true,
  },
  same_text: {
    reason:
      'This member sent the same text again and again, as a machine does, so it is not passed on.',
    advice:
      'If a machine answers for them, remove that member. An administrator can have more repeats allowed.',
    canPassOn: true,
  },
  echo: {
    reason: 'This is a text of this group that came back, so passing it on could go on for ever.',
    advice: 'A member’s number belongs to a machine or to another hub. Remove that member.',
    canPassOn: false,
  },
} as const satisfies Record<string, Explained>

export type HeldCause = keyof typeof causes

export function explainHeld(cause: HeldCause): Explained {
  return causes[cause]
}
