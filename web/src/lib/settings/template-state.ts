import type { Template } from '@partyline/contracts/api/templates'

/** WhatsApp's word on a template, and how it is coloured. */
export function templateState({ status, canSend }: Pick<Template, 'status' | 'canSend'>): {
  word: string
  tone: 'ok' | 'warn' | 'danger' | 'plain'
} {
  const word = status.charAt(0).toUpperCase() + status.slice(1)
  if (status === 'approved') return { word, tone: canSend ? 'ok' : 'plain' }
  if (status === 'received' || status === 'pending') return { word: 'In review', tone: 'warn' }
  if (status === 'unsubmitted') return { word: 'Not submitted', tone: 'plain' }
  return { word, tone: 'danger' }
}
