import type { PassportStep } from '@partyline/contracts/api/thread'

interface StepWords {
  title: string
  text: string
  /** An id to copy. */
  id: string | undefined
  tone: 'plain' | 'ok' | 'warn' | 'danger'
}

const sources = {
  webhook: 'Twilio’s webhook came, and was put into the queue before it was answered.',
  fallback: 'Twilio’s webhook came while the queue was away, and was kept in the database.',
  backfill: 'Twilio’s webhook never came: the text was fetched from Twilio’s list.',
}

/** A step in words, for who wants to know where a text has been. */
export function passportWords(step: PassportStep): StepWords {
  switch (step.kind) {
    case 'received':
      return plain('Received', sources[step.source], step.twilioSid)
    case 'stored':
      return plain('Stored', step.tries > 1 ? `Taken in at try ${step.tries}.` : 'Kept as it came.')
    case 'written':
      return plain('In the conversation', `Its place there is ${step.seq}.`)
    case 'addressed':
      return plain('Addressed', 'It waits for its turn on the line.', step.deliveryId)
    case 'claimed':
      return plain('Taken up for sending', tryOf(step.attempt))
    case 'asked':
      return { ...outcomeOf(step.outcome), id: step.twilioSid ?? undefined }
    case 'status':
      return statusWords(step)
  }
}

const plain = (title: string, text: string, id?: string): StepWords => ({
  ...{ title, text, id },
  tone: 'plain',
})

const tryOf = (attempt: number) => (attempt === 1 ? 'The first try.' : `Try ${attempt}.`)

function outcomeOf(outcome: string): Omit<StepWords, 'id'> {
  switch (outcome) {
    case 'accepted':
      return { title: 'Twilio took it', text: 'From here on Twilio says how it goes.', tone: 'ok' }
    case 'failed':
      return { title: 'Twilio refused it', text: '', tone: 'danger' }
    case 'queued':
      return { title: 'Twilio asked to wait', text: 'It is tried again.', tone: 'warn' }
    default:
      return {
        title: 'No answer from Twilio',
        text: 'It may or may not have taken it: Partyline looks before it sends again.',
        tone: 'warn',
      }
  }
}

const ends: Partial<Record<string, StepWords['tone']>> = {
  delivered: 'ok',
  read: 'ok',
  failed: 'danger',
  undelivered: 'danger',
  canceled: 'danger',
}

function statusWords(step: Extract<PassportStep, { kind: 'status' }>): StepWords {
  return {
    title: `Twilio says: ${step.status}`,
    text: sayingOf(step),
    id: step.twilioSid,
    tone: ends[step.status] ?? 'plain',
  }
}

function sayingOf({ source, appliedAt }: Extract<PassportStep, { kind: 'status' }>): string {
  if (source === 'asked') return 'No callback had come, so Partyline asked Twilio.'
  return appliedAt === null ? 'It waits until its text is known.' : ''
}
