import { readFileSync } from 'node:fs'
import path from 'node:path'
import { loadConfig as loadApi } from '@partyline/api/config'
import { loadConfig as loadDispatcher } from '@partyline/dispatcher/config'
import { loadConfig as loadIngress } from '@partyline/ingress/config'
import { loadConfig as loadRealtime } from '@partyline/realtime/config'
import { expect, test } from 'vitest'
import { root } from './manifests.ts'
import { deployments } from './pods.ts'
import { filledIn } from './given-settings.ts'

const read = (file: string) => readFileSync(path.join(root, file), 'utf8')

const services = {
  ingress: loadIngress,
  dispatcher: loadDispatcher,
  realtime: loadRealtime,
  api: loadApi,
}

const entries = Object.entries(services).map(([name, loadConfig]) => {
  const found = deployments.find((deployment) => deployment.name === name)
  if (!found?.pod.containers[0]) throw new Error(`no Deployment ${name}`)
  const { pod } = found
  return { name, loadConfig, pod, container: found.pod.containers[0] }
})

test.each(entries)('$name listens where the cluster asks', ({ name, loadConfig, container }) => {
  const { port } = loadConfig(filledIn(name))

  expect(container.ports).toEqual([{ name: 'http', containerPort: port }])
})

test.each(entries)('$name is restarted for itself, never for what it needs', ({ container }) => {
  const paths = [container.startupProbe, container.readinessProbe, container.livenessProbe].map(
    (probe) => probe?.httpGet.path,
  )

  expect(paths).toEqual(['/healthz', '/readyz', '/healthz'])
  for (const route of paths) expect(read('kit/src/health.ts')).toContain(`http.get('${route}'`)
})

test.each(entries)('$name has the time that its stop takes', ({ name, pod, container }) => {
  const [, stopMs] =
    /runUntilSignal\(.*, ([\d_]+)\)/.exec(read(`services/${name}/src/main.ts`)) ?? []
  const waits = container.lifecycle?.preStop.sleep.seconds ?? 0
  const needed = waits + Number(stopMs?.replace('_', '')) / 1_000

  expect(pod.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(needed + 5)
})

test('the web pod is asked on the port that Caddy takes by itself, and set as the Caddyfile says', () => {
  const [web] = deployments.find(({ name }) => name === 'web')?.pod.containers ?? []
  const caddyfile = read('deploy/compose/Caddyfile')

  expect(caddyfile).toContain(`{$SITE::${web?.ports?.[0]?.containerPort}}`)
  for (const { name } of web?.env ?? []) expect(caddyfile).toContain(`{$${name}}`)
  expect(web?.readinessProbe?.httpGet).toEqual({ path: '/', port: 'http' })
})
