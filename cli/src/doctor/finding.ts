/** What one look found. */
export interface Finding {
  state: 'right' | 'notice' | 'wrong'
  /** What was looked at, in a word or three. */
  about: string
  /** One sentence. Nothing in it is secret, and no contact's number. */
  says: string
  /** What to do about it, exactly. */
  step?: string
}

/** Something of an installation that can be looked at without looking at anything else. */
export interface Check {
  /** Named when the look itself fails. */
  about: string
  /** May throw: then that is what is wrong. */
  look: () => Promise<Finding[]>
}

export const right = (about: string, says: string): Finding => ({ state: 'right', about, says })

export const notice = (about: string, says: string, step?: string): Finding => ({
  ...{ state: 'notice', about, says },
  ...(step !== undefined && { step }),
})

export const wrong = (about: string, says: string, step: string): Finding => ({
  ...{ state: 'wrong', about, says, step },
})
