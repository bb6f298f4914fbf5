import type { LineHours } from './api/lines.ts'

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** Whether somebody is there. From 00:00 to 00:00 is the whole day. */
export function isOpenAt(hours: LineHours, at: Date): boolean {
  const { weekday, time } = clockOf(hours.timeZone, at)
  const [today, yesterday] = [hours.days[weekday], hours.days[(weekday + 6) % 7]]
  const isToday = !!today && today.from <= time && (time < today.to || runsOver(today))
  return isToday || (!!yesterday && runsOver(yesterday) && time < yesterday.to)
}

/** It ends on the next day. */
const runsOver = ({ from, to }: { from: string; to: string }) => to <= from

function clockOf(timeZone: string, at: Date): { weekday: number; time: string } {
  const parts = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  }).formatToParts(at)
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? ''
  return { weekday: days.indexOf(part('weekday')), time: `${part('hour')}:${part('minute')}` }
}
