import type { Component } from 'svelte'
import BookOpenText from '@lucide/svelte/icons/book-open-text'
import CircleUserRound from '@lucide/svelte/icons/circle-user-round'
import History from '@lucide/svelte/icons/history'
import LayoutTemplate from '@lucide/svelte/icons/layout-template'
import MailWarning from '@lucide/svelte/icons/mail-warning'
import MessageSquareText from '@lucide/svelte/icons/message-square-text'
import MessageSquareWarning from '@lucide/svelte/icons/message-square-warning'
import PlugZap from '@lucide/svelte/icons/plug-zap'
import RadioTower from '@lucide/svelte/icons/radio-tower'
import Tag from '@lucide/svelte/icons/tag'
import UsersRound from '@lucide/svelte/icons/users-round'

interface Entry {
  href: string
  label: string
  /** For the list on a phone. */
  text: string
  icon: Component
  /** For administrators. */
  admin?: true
}

/** All there is to set, by what it is about. */
const sections: readonly { title: string; entries: readonly Entry[] }[] = [
  {
    title: 'You',
    entries: [
      {
        href: '/settings/account',
        label: 'My account',
        text: 'Name, password, where you are signed in, API tokens',
        icon: CircleUserRound,
      },
    ],
  },
  {
    title: 'Texting',
    entries: [
      {
        href: '/settings/lines',
        label: 'Lines',
        text: 'Numbers, modes, answers, hours and rates',
        icon: RadioTower,
        admin: true,
      },
      {
        href: '/settings/saved-replies',
        label: 'Saved replies',
        text: 'What is said often',
        icon: MessageSquareText,
      },
      {
        href: '/settings/templates',
        label: 'WhatsApp templates',
        text: 'What may be said on WhatsApp at any time',
        icon: LayoutTemplate,
      },
      { href: '/settings/labels', label: 'Labels', text: 'Names and colours', icon: Tag },
      {
        href: '/settings/texts',
        label: 'Held and failed texts',
        text: 'What needs a person, and sending it again',
        icon: MessageSquareWarning,
      },
    ],
  },
  {
    title: 'People',
    entries: [
      {
        href: '/settings/users',
        label: 'Users',
        text: 'Who may sign in, and what they may do',
        icon: UsersRound,
        admin: true,
      },
      {
        href: '/settings/audit',
        label: 'Audit log',
        text: 'Who did what',
        icon: BookOpenText,
        admin: true,
      },
    ],
  },
  {
    title: 'Twilio',
    entries: [
      {
        href: '/settings/twilio',
        label: 'Connection',
        text: 'The account, its state and the webhooks',
        icon: PlugZap,
        admin: true,
      },
      {
        href: '/settings/webhook-log',
        label: 'Webhook log',
        text: 'What came, what was refused and why',
        icon: History,
        admin: true,
      },
      {
        href: '/settings/dead-letters',
        label: 'Dead letters',
        text: 'Texts that could not be taken in',
        icon: MailWarning,
        admin: true,
      },
    ],
  },
]

export function sectionsFor(isAdmin: boolean) {
  return sections
    .map(({ title, entries }) => ({
      title,
      entries: entries.filter(({ admin }) => isAdmin || !admin),
    }))
    .filter(({ entries }) => entries.length > 0)
}

/** Whether this path is for administrators only. */
export function isForAdmins(pathname: string): boolean {
  return sections.some(({ entries }) =>
    entries.some(({ href, admin }) => admin === true && pathname.startsWith(href)),
  )
}
