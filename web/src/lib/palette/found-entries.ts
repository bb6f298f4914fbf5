import type { Contact } from '@partyline/contracts/api/contacts'
import type { Conversation } from '@partyline/contracts/api/conversations'
import { formatAddress, parseAddress } from '@partyline/contracts/phone'
import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import MessageSquarePlus from '@lucide/svelte/icons/message-square-plus'
import Search from '@lucide/svelte/icons/search'
import type { Found } from '../state/search.svelte.ts'
import type { Desk } from './desk.ts'
import type { Entry } from './entry.ts'

const mostLines = 8
const mostFound = 6

/** What was typed as a number, as far as it is one; in the country of our own lines. */
function numberOf(q: string, { workspace }: Desk): string | undefined {
  if (q.replaceAll(/\D/g, '').length < 7 || /[a-z]/i.test(q)) return undefined
  const own = workspace.lines.items.find(({ channel }) => channel === 'sms')?.address
  return parseAddress(q, (own && parsePhoneNumberFromString(own)?.country) ?? 'US')
}

export function numberEntries(q: string, desk: Desk): Entry[] {
  const number = numberOf(q, desk)
  if (number === undefined) return []
  const lines = desk.workspace.lines.items.filter(
    ({ mode, channel }) => mode === 'inbox' && channel === 'sms',
  )
  return lines.slice(0, mostLines).map(({ id, name }) => ({
    id: `text-${id}`,
    group: 'Text a number',
    label: `Text ${formatAddress(number)}`,
    hint: `from ${name}`,
    icon: MessageSquarePlus,
    run: () => open(desk, { lineId: id, address: number }),
  }))
}

export function foundEntries({ conversations, contacts }: Found, desk: Desk): Entry[] {
  const listed = new Set(conversations.map(({ contact }) => contact?.id))
  const others = contacts.filter(({ id }) => !listed.has(id))
  return [
    ...conversations.slice(0, mostFound).map((one) => conversationEntry(one, desk)),
    ...others.slice(0, mostFound).flatMap((contact) => contactEntry(contact, desk)),
  ]
}

/** All of it, beside the thread. */
export function searchEntry(q: string, { workspace, goto }: Desk): Entry {
  const { search, keys, inbox } = workspace
  return {
    ...{ id: 'search', group: 'Messages', label: `Search messages for “${q}”`, icon: Search },
    async run() {
      search.type(q)
      if (!keys.run('search')) await goto(inbox.home)
      keys.run('search')
    },
  }
}

function conversationEntry(one: Conversation, { workspace, goto }: Desk): Entry {
  const { id, name, displayAddress, line, kind, status } = one
  const hints = [
    displayAddress === name ? null : displayAddress,
    kind === 'direct' ? line?.name : null,
    status === 'open' ? null : status,
  ]
  return {
    ...{ id, group: kind === 'group' ? 'Groups' : 'Conversations', label: name, person: name },
    hint: hints.filter(Boolean).join(' · '),
    run: () => goto(workspace.inbox.hrefOf(one)),
  }
}

function contactEntry(contact: Contact, desk: Desk): Entry[] {
  const [address] = contact.addresses
  const line = desk.workspace.lines.items.find(
    ({ mode, channel }) => mode === 'inbox' && channel === address?.channel,
  )
  if (!address || !line) return []
  const name = contact.name ?? address.displayAddress
  return [
    {
      ...{ id: contact.id, group: 'People', label: name, person: name },
      hint: `${address.displayAddress} · text from ${line.name}`,
      run: () => open(desk, { lineId: line.id, contactId: contact.id }),
    },
  ]
}

async function open(
  { workspace: { inbox }, toasts, goto }: Desk,
  given: Parameters<Desk['workspace']['inbox']['start']>[0],
): Promise<void> {
  await toasts.attempt(async () => {
    await goto(inbox.hrefOf(await inbox.start(given)))
  })
}
