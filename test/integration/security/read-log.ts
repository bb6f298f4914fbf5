import { expect } from 'vitest'

/** What a line says, and that it is one: JSON, with who says it, how bad it is, and when. */
export function readLine(line: string) {
  const said = JSON.parse(line) as Record<string, unknown>
  const kinds = ['service', 'level', 'time', 'msg'].map((name) => typeof said[name])
  expect(kinds, line).toEqual(['string', 'number', 'number', 'string'])
  return said
}

/** What a text was called on its way: from any line about it one finds the others. */
export function expectIds(lines: Record<string, unknown>[]) {
  const about = (msg: string) => lines.filter((line) => line['msg'] === msg)
  const wanted = {
    'text kept': ['reqId', 'messageSid', 'trace_id'],
    'text taken in': ['messageSid', 'messageId', 'trace_id'],
    'Twilio did not take a delivery': ['messageId', 'deliveryId', 'trace_id'],
    'Twilio took a delivery': ['messageId', 'deliveryId', 'trace_id', 'sid'],
    'a text could not be taken and is kept': ['messageSid'],
    'job failed': ['job', 'jobId'],
    'unexpected error': ['reqId'],
  }
  for (const [msg, ids] of Object.entries(wanted)) {
    expect(about(msg).length, msg).toBeGreaterThan(0)
    for (const line of about(msg))
      for (const id of ids) expect(line[id], `${id} of ${msg}`).toBeTruthy()
  }
  const [sent] = about('Twilio took a delivery')
  const followed = lines.filter((line) => line['trace_id'] === sent?.['trace_id'])
  expect(followed.map((line) => line['msg'])).toEqual(
    expect.arrayContaining(['text kept', 'text taken in', 'Twilio took a delivery']),
  )
}
