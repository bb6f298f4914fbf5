import type { Simulator } from '@partyline/simulator/simulator'
import { account, publicUrl } from './webhook.ts'

/** A text from our number that we did not send; our callback address is the number's own. */
export async function sendAsAnotherProgram(
  simulator: Simulator,
  text: { from: string; to: string; body: string },
): Promise<string> {
  const answer = await fetch(
    `${simulator.apiUrl}/2010-04-01/Accounts/${account.sid}/Messages.json`,
    {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${account.sid}:${account.token}`).toString('base64')}`,
      },
      body: new URLSearchParams({
        From: text.from,
        To: text.to,
        Body: text.body,
        StatusCallback: `${publicUrl}/webhooks/twilio/status`,
      }),
    },
  )
  const { sid } = (await answer.json()) as { sid: string }
  return sid
}
