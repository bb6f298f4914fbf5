/** What a look at Twilio's list means for a delivery whose outcome is unknown. */
export type Verdict =
  | { verdict: 'accepted'; sid: string }
  | { verdict: 'resend' }
  | { verdict: 'review'; cause: 'unsettled' | 'absent_twice' | 'policy_hold' }
  | { verdict: 'look_again'; inMs: number; counted: boolean }

export interface Policy {
  /** How long Twilio may take to create what it was asked for and did not answer. */
  settleMs: number
  whenAbsent: 'resend_after_settle' | 'hold'
}

interface Evidence {
  /** The matching text in Twilio's list; null: not in it; undefined: the list could not be read. */
  found: string | null | undefined
  ageMs: number
  /** Lists read before this one. */
  checks: number
  /** How often it was found absent and sent again. */
  absences: number
}

/** Looks at a 24th, an eighth, three eighths and the whole of the settle window: 5, 15, 45 and 120 s. */
const looks = [1 / 24, 1 / 8, 3 / 8, 1]
/** Longer than this without one readable list, a person must know. */
const patienceInSettles = 15

export function judge(
  { found, ageMs, checks, absences }: Evidence,
  { settleMs, whenAbsent }: Policy,
): Verdict {
  if (typeof found === 'string') return { verdict: 'accepted', sid: found }
  if (found === undefined) {
    return ageMs > patienceInSettles * settleMs
      ? { verdict: 'review', cause: 'unsettled' }
      : { verdict: 'look_again', inMs: nextLook(ageMs, settleMs), counted: false }
  }
  // Absent counts only from two lists, the last of them after everything late must have shown up.
  if (ageMs < settleMs || checks === 0) {
    return { verdict: 'look_again', inMs: nextLook(ageMs, settleMs), counted: true }
  }
  if (whenAbsent === 'hold') return { verdict: 'review', cause: 'policy_hold' }
  if (absences > 0) return { verdict: 'review', cause: 'absent_twice' }
  return { verdict: 'resend' }
}

export function nextLook(ageMs: number, settleMs: number): number {
  const next = looks.map((share) => share * settleMs).find((at) => at > ageMs)
  return Math.ceil(next === undefined ? settleMs / 8 : next - ageMs)
}
