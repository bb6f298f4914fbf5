import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { on } from './dashboard.ts'

/** What the scenes are about: `group` has a text that failed, `thread` a picture, `contact` two numbers. */
export interface Cast {
  group: string
  thread: string
  contact: string
}

/**
 * How somebody gets to a layer from a page: the buttons and choices to press, one after the other.
 * `Key:` presses a key, `Choice:` takes one of several, `Row:` opens the first picture of the thread.
 */
export type Way = readonly [name: string, ...presses: string[]]

/** Everything that opens above a page, by the page where it is found. */
export const layersOf = ({ group, thread, contact }: Cast): [path: string, ways: Way[]][] => [
  [
    '/',
    [
      ['filters', 'Filter by channel, line or label'],
      ['more views', 'More views'],
      ['new conversation', 'New conversation'],
      ['new group', 'New group'],
      ['the palette', 'Key:Control+k'],
      ['the keys', 'Key:?'],
      ['account', 'Account'],
      ['notifications', 'Account', 'Notifications'],
    ],
  ],
  [
    thread,
    [
      ['labels', 'Labels'],
      ['snooze', 'Snooze'],
      ['assign', 'Assign'],
      ['conversation menu', 'Conversation menu'],
      ['jump to a date', 'Conversation menu', 'Jump to a date'],
      ['delete a conversation', 'Conversation menu', 'Delete conversation'],
      ['send later', 'Send later'],
      ['message menu', 'More about this message'],
      ['the passport', 'More about this message', 'What happened to it'],
      ['picture viewer', 'Row:picture'],
      ['contact menu', 'More about this contact'],
      ['merge', 'More about this contact', 'Merge with another contact…'],
      ['delete a contact', 'More about this contact', 'Delete contact…'],
    ],
  ],
  [
    group,
    [
      ['who got it', 'More about this message', 'Who got it'],
      ['remove a member', 'Remove Ana'],
      ['add a list', 'Add a list'],
      ['delete a group', 'Choice:About', 'Delete group…'],
    ],
  ],
  [contact, [['remove a number', 'Remove (415) 555-0299']]],
  [
    '/contacts',
    [
      ['contacts menu', 'Order, import, export'],
      ['new contact', 'New contact'],
      ['import', 'Order, import, export', 'Import a list…'],
    ],
  ],
  [
    '/settings/users',
    [
      ['add a user', 'Add a user'],
      ['user menu', 'More about Ben Okafor'],
      ['disable', 'More about Ben Okafor', 'Disable'],
      ['new password', 'More about Ben Okafor', 'New one-time password'],
    ],
  ],
  ['/settings/lines', [['edit a line', 'Edit WhatsApp']]],
  [
    '/settings/labels',
    [
      ['new label', 'New label'],
      ['edit a label', 'Edit VIP'],
      ['delete a label', 'Delete VIP'],
    ],
  ],
  [
    '/settings/saved-replies',
    [
      ['new saved reply', 'New saved reply'],
      ['delete a saved reply', 'Delete hours'],
    ],
  ],
  ['/settings/account', [['revoke a token', 'Revoke Nightly export']]],
]

/** What is open above the page. */
export const topLayer = '[role=dialog], [role=alertdialog], [role=menu]'
const layers = (page: Page) => page.locator(topLayer).filter({ visible: true })

export async function openLayer(page: Page, presses: readonly string[]): Promise<void> {
  for (const press of presses) await onePress(page, press)
  await layers(page).first().waitFor()
}

/** Also what opens another one: by Escape, as a person does. */
export async function closeAll(page: Page): Promise<void> {
  await expect
    .poll(async () => {
      if ((await layers(page).count()) > 0) await page.keyboard.press('Escape')
      return layers(page).count()
    })
    .toBe(0)
}

async function onePress(page: Page, press: string): Promise<void> {
  const [, kind, what = ''] = /^(Key|Choice|Row):(.*)$/.exec(press) ?? []
  if (kind === 'Key') return page.keyboard.press(what)
  if (kind === 'Row') return on.log(page).getByRole('link').first().click()
  // It is drawn by its label.
  if (kind === 'Choice') return page.getByRole('radio', { name: what }).check({ force: true })
  const name = { name: press, exact: true }
  const item = page.getByRole('menuitem', name)
  return page.getByRole('button', name).or(item).filter({ visible: true }).last().click()
}
