import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { runIngress } from '../../support/run-ingress.ts'
import { runLine } from '../../support/run-line.ts'
import { scrape } from '../../support/scrape.ts'
import { type Stack, test } from '../../support/stack.ts'
import { runApi } from '../api/running-api.ts'
import { runRealtime } from '../realtime/browser.ts'

const read = (path: string) =>
  readFileSync(new URL(`../../../deploy/${path}`, import.meta.url), 'utf8')

/** Every metric that a text speaks of; of a histogram, by the name of the whole. */
const metricsIn = (text: string) =>
  new Set(text.match(/\b(?:partyline|process|nodejs)_[a-z0-9_]+/g)?.map(ofHistogram))

/** What each dispatcher tells of one database would be told twice if it were added up. */
function notTakenWithMax(text: string, shared: string[]): string[] {
  return shared.filter((name) =>
    new RegExp(`(?<!\\bmax(?: by \\([^)]*\\))? ?\\(|label_values\\()${name}\\b`).test(text),
  )
}

const ofHistogram = (name: string) => name.replace(/_(bucket|sum|count)$/, '')

/** All services, one after a start and before any work. */
async function scrapeAll(stack: Stack) {
  await using line = await runLine(stack, { dispatchers: 0 })
  await using dispatcher = await line.dispatch()
  await using ingress = await runIngress(stack)
  await using node = await runRealtime(stack)
  await using api = runApi(stack)
  const scraped = await Promise.all(
    [dispatcher, ingress, node, api].map(({ http }) => scrape(http)),
  )
  return { scraped, exported: new Set(scraped.flatMap(({ names }) => names)) }
}

test('what alerts, the dashboard and the autoscaler ask for is what the services export', async ({
  stack,
}) => {
  const { scraped, exported } = await scrapeAll(stack)
  const shared = scraped.flatMap(({ text }) =>
    [...text.matchAll(/^# HELP (\w+) .*take max\(\)\.$/gm)].map(([, name]) => name ?? ''),
  )
  expect(shared.length).toBeGreaterThan(10)

  for (const path of [
    'prometheus/alerts.yml',
    'grafana/dashboards/partyline.json',
    'kubernetes/keda/dispatcher-scaler.yaml',
  ]) {
    const text = read(path)
    const asked = metricsIn(text)
    const unknown = [...asked].filter((name) => !exported.has(name))
    expect({ path, any: asked.size > 0, unknown, addedUp: notTakenWithMax(text, shared) }).toEqual({
      ...{ path, any: true, unknown: [], addedUp: [] },
    })
  }
})

test('deploy/README.md names every metric of ours, and none that there is not', async ({
  stack,
}) => {
  const { exported } = await scrapeAll(stack)
  const ours = (names: Set<string>) =>
    [...names].filter((name) => name.startsWith('partyline_')).toSorted()

  expect(ours(metricsIn(read('README.md')))).toEqual(ours(exported))
})

test('every alert of alerts.yml is made to fire and not to fire by alerts.test.yml', () => {
  const alerts = [...read('prometheus/alerts.yml').matchAll(/- alert: (\w+)/g)].map(
    ([, name]) => name,
  )
  const stories = read('prometheus/alerts.test.yml')
  const expected = (name: string | undefined) =>
    stories.match(
      new RegExp(
        `alertname="${name}", alertstate="firing"}\\)'\\s+eval_time: \\w+\\s+exp_samples: \\[.*`,
        'g',
      ),
    ) ?? []

  expect(alerts.length).toBeGreaterThan(20)
  for (const name of alerts) {
    const outcomes = expected(name).map((story) => story.endsWith('[]'))
    expect([name, outcomes]).toEqual([name, [true, false]])
  }
})
