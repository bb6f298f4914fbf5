import AlarmClock from '@lucide/svelte/icons/alarm-clock'
import Archive from '@lucide/svelte/icons/archive'
import ArchiveRestore from '@lucide/svelte/icons/archive-restore'
import ChartColumn from '@lucide/svelte/icons/chart-column'
import ContactRound from '@lucide/svelte/icons/contact-round'
import Inbox from '@lucide/svelte/icons/inbox'
import Keyboard from '@lucide/svelte/icons/keyboard'
import Mail from '@lucide/svelte/icons/mail'
import MessageSquarePlus from '@lucide/svelte/icons/message-square-plus'
import Settings from '@lucide/svelte/icons/settings'
import SunMoon from '@lucide/svelte/icons/sun-moon'
import Tag from '@lucide/svelte/icons/tag'
import UserRoundCheck from '@lucide/svelte/icons/user-round-check'
import UsersRound from '@lucide/svelte/icons/users-round'
import { themes } from '../state/theme.svelte.ts'
import type { Desk } from './desk.ts'
import type { Entry } from './entry.ts'
import { keyList, type KeyId } from './key-board.ts'

const keysOf = (id: KeyId) => keyList.find((key) => key.id === id)?.keys ?? ''

/** What can be done, without looking anything up. */
export function actionEntries(desk: Desk): Entry[] {
  return [...aboutThem(desk), ...making(desk), ...going(desk), ...looking(desk)]
}

function aboutThem({ them, workspace, turnTo }: Desk): Entry[] {
  const [first] = them
  if (!first) return []
  const group = them.length === 1 ? first.name : `${them.length} conversations`
  const { keys } = workspace
  const closed = them.every(({ status }) => status === 'closed')
  const unread = them.some((one) => one.unread > 0)
  const entry = (id: KeyId, label: string, icon: NonNullable<Entry['icon']>): Entry => ({
    ...{ id, group, label, icon, keys: keysOf(id) },
    run: () => keys.run(id),
  })
  return [
    entry('close', closed ? 'Open again' : 'Close', closed ? ArchiveRestore : Archive),
    { ...entry('assign', 'Assign to…', UserRoundCheck), stays: true, run: () => turnTo('assign') },
    { ...entry('label', 'Label…', Tag), stays: true, run: () => turnTo('label') },
    { ...entry('snooze', 'Snooze…', AlarmClock), stays: true, run: () => turnTo('snooze') },
    entry('unread', unread ? 'Mark as read' : 'Mark as unread', Mail),
  ]
}

function making({ isAdmin, startWith, startGroup }: Desk): Entry[] {
  const group = 'New'
  const conversation: Entry = {
    ...{ id: 'new', group, label: 'New conversation', icon: MessageSquarePlus },
    keys: keysOf('newConversation'),
    run: () => startWith(''),
  }
  const newGroup: Entry = {
    ...{ id: 'new-group', group, label: 'New group', icon: UsersRound },
    run: startGroup,
  }
  return isAdmin ? [conversation, newGroup] : [conversation]
}

function going({ workspace: { keys, inbox }, goto }: Desk): Entry[] {
  const group = 'Go to'
  const to = (id: KeyId, label: string, icon: NonNullable<Entry['icon']>): Entry => ({
    ...{ id, group, label, icon, keys: keysOf(id) },
    run: () => keys.run(id),
  })
  return [
    to('goInbox', 'Inbox', Inbox),
    to('goHome', 'Home', ChartColumn),
    to('goContacts', 'Contacts', ContactRound),
    to('goSettings', 'Settings', Settings),
    ...(inbox.counts.now?.unread
      ? [
          {
            id: 'unread-view',
            group,
            label: 'Unread',
            icon: Mail,
            run: () => goto('/?view=unread'),
          },
        ]
      : []),
  ]
}

function looking({ theme, workspace: { keys } }: Desk): Entry[] {
  const group = 'This page'
  return [
    {
      ...{ id: 'help', group, label: 'Show all keys', icon: Keyboard, keys: keysOf('help') },
      run: () => keys.run('help'),
    },
    ...themes.map(({ value, label }) => ({
      ...{ id: `theme-${value}`, group, label: `Appearance: ${label.toLowerCase()}` },
      icon: SunMoon,
      checked: theme.choice === value,
      run: () => theme.choose(value),
    })),
  ]
}
