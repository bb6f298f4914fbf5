import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { root } from './manifests.ts'

const read = (file: string) => readFileSync(path.join(root, file), 'utf8')
const runbook = read('docs/runbook.md')

/** As GitHub names the headings of a page. */
const anchors = [...runbook.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
  heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-'),
)

test('every alert leads to what the runbook says of it', () => {
  const { groups } = parse(read('deploy/prometheus/alerts.yml')) as {
    groups: { rules: { alert: string; annotations: { runbook: string } }[] }[]
  }
  const links = groups.flatMap(({ rules }) => rules.map(({ annotations }) => annotations.runbook))

  expect(links.length).toBeGreaterThan(20)
  expect(links.filter((link) => !anchors.some((it) => link === `docs/runbook.md#${it}`))).toEqual(
    [],
  )
})

test('what the runbook points to is there', () => {
  const within = [...runbook.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor ?? '')
  const files = [...runbook.matchAll(/\]\(\.\.\/([^)#]+)\)/g)].map(([, file]) => file ?? '')

  expect(within.filter((anchor) => !anchors.includes(anchor))).toEqual([])
  expect(files.filter((file) => globSync(file, { cwd: root }).length === 0)).toEqual([])
})

test('the metrics that the runbook names are told by a service', () => {
  const sources = globSync('{kit,services/*}/src/**/*.ts', { cwd: root }).map(read).join('\n')
  const named = [...runbook.matchAll(/partyline_(?!version)[a-z_]{6,}/g)].map(([name]) => name)
  const metrics = named.filter((name) => /(_seconds|_total|_letters|_open)$/.test(name))

  expect(metrics.length).toBeGreaterThan(2)
  expect(metrics.filter((name) => !sources.includes(name))).toEqual([])
})
