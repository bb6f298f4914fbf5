import type { Page } from 'playwright-core'

/** The parts of the dashboard by their roles and names, as a person or a screen reader finds them. */
export const on = {
  row: (page: Page, name: string | RegExp) =>
    page.getByRole('navigation', { name: 'Conversations' }).getByRole('link', { name }),
  /** What scrolls the list. */
  list: (page: Page) =>
    page.getByRole('navigation', { name: 'Conversations' }).locator('[data-list] > div'),
  rows: (page: Page) => page.getByRole('navigation', { name: 'Conversations' }).getByRole('link'),
  log: (page: Page) => page.getByRole('log', { name: 'Chat log' }),
  box: (page: Page) => page.getByRole('textbox', { name: 'Message', exact: true }),
  title: (page: Page) => page.getByRole('region', { name: 'Conversation' }).getByRole('heading'),
  light: (page: Page) =>
    page.getByRole('status').filter({ hasText: /^(Live|Reconnecting|Offline)$/ }),
  button: (page: Page, name: string) => page.getByRole('button', { name, exact: true }),
  members: (page: Page) => page.getByRole('list', { name: 'Group Members' }).getByRole('listitem'),
}

/** Chooses a view of the list; the rarer ones are in a menu. */
export async function showView(page: Page, name: string): Promise<void> {
  const views = page.getByRole('navigation', { name: 'Views' })
  if (['Open', 'Unread', 'Mine'].includes(name)) {
    return views.getByRole('link', { name: new RegExp(`^${name}`) }).click()
  }
  await views.getByRole('button', { name: /more views/i }).click()
  await page.getByRole('menuitemcheckbox', { name: new RegExp(`^${name}`) }).click()
}

/** Asks for a member to go, and says yes when asked back. */
export async function removeMember(page: Page, name: string): Promise<void> {
  await on.button(page, `Remove ${name}`).click()
  const question = page.getByRole('alertdialog', { name: `Remove ${name}?` })
  await question.getByRole('button', { name: 'Remove', exact: true }).click()
  await question.waitFor({ state: 'hidden' })
}

/** To a group a text waits a moment in which it can be taken back. */
export async function sendToGroup(page: Page, body: string): Promise<void> {
  await send(page, body)
  const waiting = page.getByRole('list', { name: 'About to be sent' })
  await waiting.getByRole('button', { name: 'Send now' }).click()
}

/** In this window a text to a group can be taken back for so many seconds; gives how many were asked for. */
export async function undoFor(page: Page, undoSeconds: number): Promise<number[]> {
  const asked: number[] = []
  await page.route(/\/api\/conversations\/[^/]+\/messages$/, (route) => {
    const given = route.request().postDataJSON() as { undoSeconds?: number } | null
    if (given?.undoSeconds === undefined) return route.fallback()
    asked.push(given.undoSeconds)
    return route.fallback({ postData: JSON.stringify({ ...given, undoSeconds }) })
  })
  return asked
}

export async function send(page: Page, body: string): Promise<void> {
  await on.box(page).fill(body)
  await on.box(page).press('Enter')
}
