import type { LineHours } from '@partyline/contracts/api/lines'

export const dayNames = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
]

/** A day as it is typed: what was typed stays when the day is switched off and on again. */
export interface DayDraft {
  open: boolean
  from: string
  to: string
}

const usual = { from: '09:00', to: '17:00' }

/** From Monday to Friday, until somebody says otherwise. */
export function toDrafts(hours: LineHours | null): DayDraft[] {
  return dayNames.map((_, day) => {
    const given = hours?.days[day]
    return { open: hours === null ? day < 5 : !!given, ...usual, ...given }
  })
}

export function toDays(drafts: readonly DayDraft[]): LineHours['days'] {
  return drafts.map(({ open, from, to }) => (open ? { from, to } : null))
}
