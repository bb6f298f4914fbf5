import type { Look } from '@partyline/db/queries/account-looks'

const noDispatcher =
  'No dispatcher has asked Twilio yet. Check that one is running; it asks by itself when it is.'

/** What is known of the account, for somebody who may be waiting for it. */
export function readLook({ wantedAt, unheard, lookedAt, problem }: Look) {
  return {
    looking: wantedAt !== null && !unheard,
    lookedAt: lookedAt?.toISOString() ?? null,
    problem: unheard ? noDispatcher : problem,
  }
}
