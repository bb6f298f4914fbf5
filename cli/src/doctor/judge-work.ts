import type { Trouble } from '@partyline/db/queries/breaker'
import type { WorkWaiting } from '@partyline/db/queries/work-waiting'
import { type Finding, notice, right, wrong } from './finding.ts'

/** How long work may wait that nobody is busy with. A line that sends one segment a second may have queued for hours. */
const lateS = { inbox: 60, due: 600 }

/** Whether texts move: who moves them, what waits and for how long. */
export function judgeWork(work: WorkWaiting, trouble: Trouble | undefined): Finding[] {
  return [
    running(work),
    comingIn(work),
    goingOut(work),
    ...(trouble ? [inWords(trouble)] : []),
    ...leftForPeople(work),
  ]
}

function running({ dispatchers }: WorkWaiting): Finding {
  if (dispatchers > 0) return right('Dispatchers', `${dispatchers} at work.`)
  const says = 'None is at work: texts are kept, but none goes in or out.'
  return wrong(
    'Dispatchers',
    says,
    'Start the dispatcher, and look into its log if it does not stay.',
  )
}

function comingIn({ inbox, inboxAge }: WorkWaiting): Finding {
  if (inbox === 0) return right('Coming in', 'No text waits to be taken in.')
  const says = `${texts(inbox)} to be taken in, the oldest since ${inTime(inboxAge)}.`
  if (inboxAge <= lateS.inbox) return right('Coming in', says)
  return wrong('Coming in', says, 'Look into the log of the dispatcher; add one if it is busy.')
}

function goingOut({ queued, dueAge }: WorkWaiting): Finding {
  if (queued === 0) return right('Going out', 'No text waits to be sent.')
  const says = `${texts(queued)} to be sent, the oldest due since ${inTime(dueAge)}.`
  if (dueAge <= lateS.due) return right('Going out', says)
  const step =
    'A line sends no faster than Twilio allows its number: wait, or see what else is wrong here.'
  return notice('Going out', says, step)
}

function inWords({ cause, errorCode, since }: Trouble): Finding {
  const when = `since ${since.toISOString().slice(0, 16).replace('T', ' ')} UTC`
  const code = errorCode === null ? '' : ` (${errorCode})`
  const [says, step] = {
    refused: [
      `Twilio refuses this account${code} ${when}, so nothing is sent.`,
      'Put the Twilio account right (see there). Sending goes on by itself.',
    ],
    unread: [
      `Nothing is sent ${when}: Partyline was away and cannot ask Twilio what was sent meanwhile.`,
      'It goes on by itself when Twilio answers. If it does not, check the Twilio account.',
    ],
    ahead: [
      `Nothing is sent ${when}: Twilio has texts that are not known here, as after a backup was put back.`,
      'It goes on by itself within a few minutes. If it does not, look into the log of the dispatcher.',
    ],
    unfetched: [
      `Twilio’s list of texts cannot be read ${when}, so texts that never arrived are not fetched.`,
      'It goes on by itself when Twilio answers. If it does not, check the Twilio account.',
    ],
  }[cause] as [string, string]
  return wrong('Sending', says, step)
}

/** What partly settles by itself, and what nobody but a person does. */
function leftForPeople({ unknown, unknownAge, review, deadLetters }: WorkWaiting): Finding[] {
  const held = Object.values(review).reduce((sum, count) => sum + count, 0)
  const findings: Finding[] = []
  if (unknown > 0) {
    const says = `${texts(unknown)}: nobody knows whether Twilio has sent them, for up to ${inTime(unknownAge)}.`
    findings.push(notice('Unknown', says, 'Partyline finds out by itself within a few minutes.'))
  }
  if (held > 0) {
    const says = `${texts(held)} held back for a person.`
    const step =
      'In the dashboard: Settings, Held and failed texts. Each says why, and goes when you send it.'
    findings.push(notice('Held back', says, step))
  }
  if (deadLetters > 0) {
    const says = `${texts(deadLetters)} that came in and could not be taken in.`
    const step =
      'In the dashboard: Settings, Dead letters. Each says why it could not, and is tried again there.'
    findings.push(notice('Dead letters', says, step))
  }
  return findings
}

const texts = (count: number) => `${count} text${count === 1 ? '' : 's'}`

function inTime(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`
  return `${Math.round(seconds / 3_600)} h`
}
