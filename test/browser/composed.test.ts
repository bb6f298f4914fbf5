import { createSimulatorClient } from '@partyline/cli/demo/simulator-client'
import { group, lines, type Person } from '@partyline/cli/demo/story'
import { expect } from 'vitest'
import { type Composed, compose } from '../composed/composed.ts'
import { docker, missingEngine } from '../composed/engine.ts'
import { on, sendToGroup } from '../support/dashboard.ts'
import { test } from '../support/story.ts'
import { openWindow } from '../support/window.ts'

const missing = await missingEngine()
/** Everything starts at once here, and a number of this kind sends a text a second. */
const patient = { timeout: 60_000 }
const grace = { name: 'Grace', email: 'grace@example.com', password: 'a long quiet evening' }
const [ana, ben] = group.members as [Person, Person, ...Person[]]
const ours = ['ingress', 'dispatcher', 'realtime', 'api', 'simulator']

test('docker compose up, scaled: the printed link makes an admin, and a group text goes round', async ({
  browser,
  skip,
}) => {
  if (missing) skip(missing)
  const scale = { dispatcher: 2, realtime: 2 }
  await using composed = await compose({ name: 'story', scale })

  const link = /Set up +(\S+)/.exec(composed.welcome)?.[1] ?? 'no link was printed'
  await using window = await openWindow(browser, composed.url, { user: null, path: link })
  const { page } = window
  await page.getByLabel('Name').fill(grace.name)
  await page.getByLabel('Email').fill(grace.email)
  await page.getByLabel('Password').fill(grace.password)
  await page.getByRole('button', { name: 'Create account' }).click()
  await on.row(page, new RegExp(group.name)).click()
  await on.log(page).getByText('See you all at 7').waitFor()
  await using second = await openWindow(browser, composed.url, { user: grace, path: page.url() })
  await on.light(second.page).filter({ hasText: 'Live' }).waitFor(patient)
  await expect.poll(() => socketsOf(composed)).toEqual([1, 1])

  const phones = createSimulatorClient(composed.url)
  const to = lines.conference.address
  await phones.text({ from: ana.address, to, body: 'Anyone for breakfast?', picture: false })
  for (const each of [page, second.page]) await on.log(each).getByText('Anyone for break').waitFor()
  await sendToGroup(page, 'At eight in the lobby')
  await using simulator = await openWindow(browser, composed.url, {
    user: null,
    path: '/simulator',
  })
  const phone = simulator.page.getByRole('region', { name: `Phone of ${ben.name}` })
  await phone.getByText(`${ana.name}: Anyone for breakfast?`).waitFor(patient)
  await phone.getByText('Admin: At eight in the lobby').waitFor(patient)

  expect(await publishedBy(composed)).toEqual(['web'])
  for (const service of ours) {
    for (const container of await composed.containers(service)) {
      expect(await limitsOf(container), service).toBe('node true [ALL]')
    }
  }
}, 900_000)

/** How many each replica of realtime has. */
async function socketsOf(composed: Composed): Promise<number[]> {
  const read = `fetch('http://127.0.0.1:3003/metrics').then(async (it) => console.log(await it.text()))`
  const texts = (await composed.containers('realtime')).map((container) =>
    docker('exec', container, 'node', '-e', read),
  )
  return (await Promise.all(texts)).map((text) =>
    Number(/^partyline_sockets_connected(?:\{.*\})? (\d+)/m.exec(text)?.[1]),
  )
}

/** Services with a port that is reached from outside. */
async function publishedBy({ project }: Composed): Promise<string[]> {
  const filter = ['--filter', `label=com.docker.compose.project=${project}`]
  const format = '{{.Label "com.docker.compose.service"}} {{.Ports}}'
  const rows = (await docker('ps', ...filter, '--format', format)).split('\n')
  return rows.filter((row) => row.includes('->')).map((row) => row.split(' ')[0] ?? '')
}

/** Who it runs as, whether its files are closed, and which powers it was denied. */
async function limitsOf(container: string): Promise<string> {
  const format = '{{.Config.User}} {{.HostConfig.ReadonlyRootfs}} {{.HostConfig.CapDrop}}'
  return docker('inspect', '--format', format, container)
}
