import type { DeadLetter as Shown } from '@partyline/contracts/api/dead-letters'
import type { DeadLetter } from '../queries/dead-letters.ts'

/** Without the text itself, and with nobody's whole number. */
export function viewDeadLetter(letter: DeadLetter): Shown {
  const { messageSid: sid, params, receivedAt, attempts, lastError, note } = letter
  return {
    sid,
    from: masked(params['From']),
    to: masked(params['To']),
    receivedAt: receivedAt.toISOString(),
    attempts,
    reason: [inWords(lastError), note].filter((part) => part !== null).join(' '),
  }
}

function masked(value: string | string[] | undefined): string | null {
  const address = Array.isArray(value) ? value[0] : value
  if (address === undefined || address === '') return null
  const [, start = '', rest = ''] = /^((?:\w+:)?\+?)(.*)$/s.exec(address) ?? []
  return `${start}•••${rest.slice(-4)}`
}

function inWords(error: string | null): string {
  if (error === null) return 'Whatever took it in ended before it was done.'
  const [, kind = '', message = error] = /^(\w*Error): (.*)$/s.exec(error) ?? []
  const said = /[.!?]$/.test(message) ? message : `${message}.`
  return kind === 'PostgresError' ? `The database refused it: ${said}` : sentence(said)
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
