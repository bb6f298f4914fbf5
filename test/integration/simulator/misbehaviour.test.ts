import { expect } from 'vitest'
import { line, person, test, type Running } from './running-simulator.ts'

const status = '/webhooks/twilio/status'

function send({ client }: Running, delivery: string) {
  const statusCallback = `https://partyline.example.com${status}?delivery=${delivery}`
  return client.messages.create({ to: person, from: line, body: 'Hi', statusCallback })
}

test.for([
  ['tooManyRequests', 0, { code: 20429, status: 429 }],
  ['unauthorized', 0, { code: 20003, status: 401 }],
  ['failBefore', 0, { code: 20500, status: 500 }],
  ['failAfter', 1, { code: 20500, status: 500 }],
  ['resetBefore', 0, { code: 'ECONNRESET' }],
  ['resetAfter', 1, { code: 'ECONNRESET' }],
] as const)(
  'a create that meets %s leaves %i messages',
  async ([fault, created, error], { running }) => {
    running.simulator.misbehave({ [fault]: 1 })

    await expect(send(running, 'd1')).rejects.toMatchObject(error)

    expect(running.simulator.judge().total).toBe(created)
  },
)

test('a hanging create never happens', async ({ running }) => {
  running.simulator.misbehave({ hang: 1, hangMs: 100 })

  await expect(send(running, 'd1')).rejects.toMatchObject({ code: 'ECONNRESET' })

  expect(running.simulator.judge().total).toBe(0)
})

test('a late create happens after the caller has given up', async ({ running }) => {
  running.simulator.misbehave({ lateCreate: 1, lateCreateMs: 100 })
  const { simulator } = running

  await expect(send(running, 'd1')).rejects.toThrow()

  await expect.poll(() => simulator.judge().creates).toEqual({ d1: 1 })
})

test('scripted faults come in order, then all is well', async ({ running }) => {
  running.simulator.misbehave({ script: ['failAfter', 'none', 'failAfter'] })

  await expect(send(running, 'd1')).rejects.toMatchObject({ status: 500 })
  await send(running, 'd2')
  await expect(send(running, 'd2')).rejects.toMatchObject({ status: 500 })
  await send(running, 'd3')

  expect(running.simulator.judge()).toEqual({
    creates: { d1: 1, d2: 2, d3: 1 },
    doubles: ['d2'],
    total: 4,
  })
})

test('faults can be kept to one sender', async ({ running }) => {
  running.simulator.misbehave({ failBefore: 1, onlyFrom: '+15550000000' })

  expect((await send(running, 'd1')).status).toBe('queued')
})

test('the same seed misbehaves the same way', async ({ running }) => {
  const outcomes = async () => {
    running.simulator.misbehave({ seed: 7, tooManyRequests: 0.5 })
    const tries = Array.from({ length: 12 }, (_, index) => `d${index}`)
    const results: boolean[] = []
    for (const delivery of tries)
      results.push(
        await send(running, delivery).then(
          () => true,
          () => false,
        ),
      )
    return results
  }

  const first = await outcomes()
  expect(first).toContain(true)
  expect(first).toContain(false)
  expect(await outcomes()).toEqual(first)
})

test('a lagging list does not show the newest texts', async ({ running }) => {
  running.simulator.misbehave({ listLagMs: 60_000 })
  await send(running, 'd1')

  expect(await running.client.messages.list()).toEqual([])
  running.clock.aheadMs = 61_000
  expect(await running.client.messages.list()).toHaveLength(1)
})

test('webhooks are doubled, with the same SID', async ({ running }) => {
  running.simulator.misbehave({ duplicateWebhooks: 1 })

  await running.simulator.text({ from: person, to: line, body: 'Hi' })

  const sids = running.hub.received.map(({ form }) => form['MessageSid'])
  expect(sids).toHaveLength(2)
  expect(new Set(sids).size).toBe(1)
})

test('webhooks are lost, and the text is still in the list', async ({ running }) => {
  running.simulator.misbehave({ dropWebhooks: 1 })

  const { webhook } = await running.simulator.text({ from: person, to: line, body: 'Hi' })

  expect(webhook).toBe('lost')
  expect(running.hub.received).toEqual([])
  expect(await running.client.messages.list({ to: line })).toHaveLength(1)
})

test('callbacks are doubled, dropped and overtake each other', async ({ running }) => {
  const { simulator, hub } = running
  const statuses = (delivery: string) =>
    hub.at(`${status}?delivery=${delivery}`).map(({ form }) => form['MessageStatus'])

  simulator.misbehave({ duplicateCallbacks: 1 })
  await send(running, 'twice')
  await expect
    .poll(() => statuses('twice').sort())
    .toEqual(['delivered', 'delivered', 'sent', 'sent'])

  simulator.misbehave({ dropCallbacks: 1 })
  const { sid } = await send(running, 'never')
  await expect
    .poll(async () => (await running.client.messages(sid).fetch()).status)
    .toBe('delivered')
  expect(statuses('never')).toEqual([])

  simulator.misbehave({ reorderCallbacks: 0.5, seed: 3 })
  await Promise.all(Array.from({ length: 20 }, (_, index) => send(running, `mixed${index}-`)))
  await expect.poll(() => hub.at(`${status}?delivery=mixed`)).toHaveLength(40)
  const overtaken = Array.from({ length: 20 }, (_, index) => statuses(`mixed${index}-`)[0])
  expect(overtaken).toContain('delivered')
})

test('a reset empties the account and ends all misbehaviour', async ({ running }) => {
  running.simulator.misbehave({ failBefore: 1 })
  await running.simulator.text({ from: person, to: line, body: 'Hi' })

  await fetch(`${running.simulator.apiUrl}/simulator/api/reset`, { method: 'POST' })

  expect(await running.client.messages.list()).toEqual([])
  running.simulator.addNumber({ address: line, name: 'Conference' })
  expect((await send(running, 'd1')).status).toBe('queued')
})
