import type { Attention } from '@partyline/contracts/api/statistics'
import { countedAtMost } from '@partyline/contracts/api/statistics'
import type { Line } from '@partyline/contracts/api/lines'
import type { ReviewCause } from '@partyline/contracts/delivery-causes'
import { pathOf } from '../conversation-path.ts'
import type { System } from '../workspace.ts'
import { formatCount } from './figures-in-words.ts'

export interface Need {
  key: string
  tone: 'danger' | 'warn' | 'info'
  title: string
  text: string
  href: string
  action: string
}

export const reviewWords: Record<ReviewCause, string> = {
  send_cap: 'The day’s cap was reached before them.',
  unsettled: 'Nobody could find out whether they went out.',
  absent_twice: 'Twilio does not have them, though it was asked to send them.',
  policy_hold: 'They were held back on purpose.',
}

export function countOf(count: number): string {
  return count >= countedAtMost ? `${formatCount(countedAtMost)} or more` : formatCount(count)
}

const texts = (count: number) => `${countOf(count)} ${count === 1 ? 'text' : 'texts'}`

/** What a person has to look at, the gravest first. For agents without what only administrators mend. */
export function needsOf(
  attention: Attention,
  system: System,
  { isAdmin, lines }: { isAdmin: boolean; lines: readonly Line[] },
): Need[] {
  const { unknown, failed, review, scheduled } = attention
  const { deadLetters, unreachedLines } = system
  const all: (Need | false | undefined)[] = [
    isAdmin && unreachedLines.length > 0 && unreached(unreachedLines.length),
    ...lines.filter(({ pausedAt }) => isAdmin && pausedAt !== null).map(pausedLine),
    isAdmin &&
      deadLetters > 0 && {
        key: 'dead',
        tone: 'danger',
        title: `${texts(deadLetters)} that came in could not be taken in`,
        text: 'They are kept. See why, and try again.',
        href: '/settings/dead-letters',
        action: 'See why',
      },
    ...review.map(({ cause, count }): Need => ({
      key: cause,
      tone: 'warn',
      title: `${texts(count)} ${count === 1 ? 'waits' : 'wait'} for your decision`,
      text: reviewWords[cause],
      href: `/settings/texts?need=review&cause=${cause}`,
      action: 'Decide',
    })),
    scheduledNeed(scheduled),
    failed > 0 && {
      key: 'failed',
      tone: 'warn',
      title: `${texts(failed)} failed in the last 7 days`,
      text: 'Each with the reason and the way out.',
      href: '/settings/texts?need=failed',
      action: 'Look',
    },
    unknown > 0 && {
      key: 'unknown',
      tone: 'info',
      title: `${texts(unknown)} may or may not have gone out`,
      text: 'Partyline is finding out. Nothing is sent twice.',
      href: '/settings/texts?need=unknown',
      action: 'Look',
    },
  ]
  return all.filter((need) => need !== false && need !== undefined)
}

function pausedLine({ id, name, pausedFor }: Line): Need {
  return {
    key: `paused ${id}`,
    tone: pausedFor ? 'danger' : 'warn',
    title: `Sending from ${name} is paused`,
    text: pausedFor
      ? `One text after another failed: ${pausedFor.reason}`
      : 'What is to go out waits until somebody resumes it.',
    href: '/settings/lines',
    action: 'Look',
  }
}

function unreached(count: number): Need {
  return {
    key: 'unreached',
    tone: 'danger',
    title: `Texts to ${count === 1 ? 'a line do' : `${count} lines do`} not reach Partyline`,
    text: 'Their webhooks at Twilio point elsewhere.',
    href: '/settings/lines',
    action: 'Fix',
  }
}

function scheduledNeed({ count, items: [first] }: Attention['scheduled']): Need | undefined {
  if (!first) return undefined
  return {
    key: 'scheduled',
    tone: 'warn',
    title: `${countOf(count)} scheduled ${count === 1 ? 'text was' : 'texts were'} not sent`,
    text: first.problem,
    href: pathOf({ id: first.conversationId, kind: first.kind }),
    action: 'Open',
  }
}
