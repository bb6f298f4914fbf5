import { stringify } from 'node:querystring'
import postgres from 'postgres'
import { Agent, request } from 'undici'
import { account, publicUrl } from '../support/webhook.ts'
import { answerParent } from './send-process.ts'

/**
 * The floor: nothing but claim, send and result, a hundred at a time. No rate, no order, no witness, no
 * history and nobody told.
 */
const [databaseUrl = '', stubUrl = ''] = process.argv.slice(2)
const chunkSize = 100
const sql = postgres(databaseUrl, { max: 4 })
const dispatcher = new Agent({ connections: 50 })
const url = `${stubUrl}/2010-04-01/Accounts/${account.sid}/Messages.json`
const headers = {
  authorization: `Basic ${Buffer.from(`${account.sid}:${account.token}`).toString('base64')}`,
  'content-type': 'application/x-www-form-urlencoded',
  accept: 'application/json',
}

interface Row {
  id: string
  sender: string
  recipient: string
  body: string
}

function claim() {
  return sql<Row[]>`
    update bench_sends set state = 'sending', updated_at = now()
    where id in (
      select id from bench_sends where state = 'queued' order by id limit ${chunkSize}
      for update skip locked)
    returning id, sender, recipient, body`
}

async function send({ id, sender, recipient, body }: Row): Promise<string> {
  const StatusCallback = `${publicUrl}/webhooks/twilio/status?delivery=${id}&attempt=1`
  const answer = await request(url, {
    method: 'POST',
    dispatcher,
    headers,
    body: stringify({ To: recipient, From: sender, Body: body, StatusCallback }),
  })
  const { sid } = (await answer.body.json()) as { sid: string }
  return sid
}

async function work(): Promise<void> {
  for (let rows = await claim(); rows.length > 0; rows = await claim()) {
    const sids = await Promise.all(rows.map(send))
    await sql`
      update bench_sends set state = 'accepted', sid = given.sid, updated_at = now()
      from unnest(${rows.map(({ id }) => id)}::uuid[], ${sids}::text[]) as given (id, sid)
      where bench_sends.id = given.id`
  }
}

answerParent({
  // Two chunks under way, so that the pool has work while the other one is claimed or recorded.
  sendAll: () => Promise.all([work(), work()]).then(() => 'done'),
})
