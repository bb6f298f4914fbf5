import { countOf } from './needs.ts'

export function greetingAt(now: number): string {
  const hour = new Date(now).getHours()
  if (hour < 5) return 'Good night'
  if (hour < 12) return 'Good morning'
  return hour < 18 ? 'Good afternoon' : 'Good evening'
}

export function summaryOf(waiting: number, needs: number): string {
  const people =
    waiting === 0
      ? 'Nobody waits for an answer'
      : waiting === 1
        ? 'One person waits for an answer'
        : `${countOf(waiting)} people wait for an answer`
  if (needs === 0) return `${people}${waiting === 0 ? ', and all is well' : ''}.`
  return `${people}, and ${needs === 1 ? 'one thing needs' : `${needs} things need`} a person.`
}
