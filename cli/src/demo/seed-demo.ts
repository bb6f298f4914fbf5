import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { groupEndpoints } from '@partyline/contracts/api/groups'
import { type Line, lineEndpoints } from '@partyline/contracts/api/lines'
import type { ApiClient } from './api-client.ts'
import { arrived, say } from './say.ts'
import type { SimulatorClient } from './simulator-client.ts'
import { group, lines, type Talk, talks } from './story.ts'

export interface DemoDeps {
  /** As somebody who may make lines and groups. */
  api: ApiClient
  simulator: SimulatorClient
}

/** Plays the story with real texts through the real doors, so that nothing in it is made up. */
export async function seedDemo({ api, simulator }: DemoDeps): Promise<void> {
  for (const line of Object.values(lines)) await simulator.addLine(line)
  const conference = await addLine(api, lines.conference)
  await addLine(api, lines.desk)
  await addLine(api, lines.whatsapp)
  await playGroup(api, simulator, conference)
  for (const talk of talks) await playTalk(api, simulator, talk)
}

async function addLine(api: ApiClient, line: (typeof lines)[keyof typeof lines]): Promise<Line> {
  return api.call(lineEndpoints.create, { body: { ...line, autoReply: null } })
}

async function playGroup(api: ApiClient, simulator: SimulatorClient, line: Line): Promise<void> {
  const body = { name: group.name, lineId: line.id }
  const { id } = await api.call(groupEndpoints.create, { body })
  for (const { name, address } of group.members) {
    await simulator.addPhone({ name, address })
    await api.call(groupEndpoints.addMember, { params: { id }, body: { name, phone: address } })
  }
  await arrived(api, id)
  for (const said of group.said) await say({ api, simulator }, line.address, said, id)
  await change(api, id, { read: true })
}

async function playTalk(api: ApiClient, simulator: SimulatorClient, talk: Talk): Promise<void> {
  await simulator.addPhone(talk.with)
  let id: string | undefined
  for (const said of talk.said) {
    id = await say({ api, simulator }, lines[talk.line].address, said, id)
  }
  if (id === undefined) return
  if (talk.named) await change(api, id, { name: talk.with.name })
  if (talk.left !== 'unread') await change(api, id, { read: true })
  if (talk.left === 'closed') await change(api, id, { status: 'closed' })
}

async function change(api: ApiClient, id: string, body: object): Promise<void> {
  await api.call(conversationEndpoints.change, { params: { id }, body })
}
