import { existsSync } from 'node:fs'
import path from 'node:path'
import { commands } from '@partyline/cli/commands'
import { expect, test } from 'vitest'
import { manifests, ofKind, root } from './manifests.ts'
import { deployments, workloads } from './pods.ts'

const names = workloads.map(({ name }) => name)
const nameLabel = 'app.kubernetes.io/name'

/** Every `app.kubernetes.io/name: In [...]` of an object, wherever it stands. */
function namedPods(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  const { key, operator, values } = value as Record<string, unknown>
  if (key === nameLabel && operator === 'In') return values as string[]
  return Object.values(value).flatMap(namedPods)
}

test.each(workloads)('$name: labels, selector and volumes fit together', (workload) => {
  const { name, labels, selector, pod } = workload

  expect(labels).toEqual({ [nameLabel]: name, 'app.kubernetes.io/part-of': 'partyline' })
  if (workload.kind === 'Deployment') expect(selector).toEqual({ [nameLabel]: name })
  for (const { volumeMounts } of pod.containers) {
    const mounted = volumeMounts.map((mount) => mount.name)
    expect(mounted.toSorted()).toEqual(pod.volumes.map((volume) => volume.name).toSorted())
  }
})

test('each Secret that is mounted has an example, and each example is mounted', () => {
  const mounted = workloads.flatMap(({ pod }) =>
    pod.volumes.flatMap(({ secret }) => (secret ? [secret.secretName] : [])),
  )
  const examples = ofKind('Secret').map(({ metadata }) => metadata.name)

  expect(examples.toSorted()).toEqual(mounted.toSorted())
})

test('Services, budgets and autoscalers are each of a Deployment that is there', () => {
  const services = ofKind<{ spec: { selector: object; ports: { targetPort: string }[] } }>(
    'Service',
  )
  const scaled = [
    ...ofKind<{ spec: { scaleTargetRef: { name: string } } }>('HorizontalPodAutoscaler'),
    ...ofKind<{ spec: { scaleTargetRef: { name: string } } }>('ScaledObject'),
  ].map(({ spec }) => spec.scaleTargetRef.name)

  for (const { metadata, spec } of services) {
    const target = deployments.find(({ name }) => name === metadata.name)
    expect(spec.selector).toEqual(target?.selector)
    expect(target?.pod.containers[0]?.ports?.map(({ name }) => name)).toEqual(
      spec.ports.map(({ targetPort }) => targetPort),
    )
  }
  expect(scaled.toSorted()).toEqual(['api', 'dispatcher', 'ingress', 'realtime'])
})

test('policies and monitors name only pods that are there', () => {
  const named = manifests.flatMap(({ object }) => namedPods(object))

  expect(named.filter((name) => !names.includes(name))).toEqual([])
  expect(new Set(named)).toEqual(new Set(names))
})

test('what is public goes to the Service that answers it', () => {
  const [routes] = ofKind<{ spec: { rules: { http: { paths: unknown } }[] } }>('Ingress')

  expect(routes?.spec.rules[0]?.http.paths).toMatchObject([
    { path: '/webhooks', backend: { service: { name: 'ingress', port: { name: 'http' } } } },
    { path: '/socket.io', backend: { service: { name: 'realtime', port: { name: 'http' } } } },
    { path: '/api', backend: { service: { name: 'api', port: { name: 'http' } } } },
    { path: '/', backend: { service: { name: 'web', port: { name: 'http' } } } },
  ])
})

test.each(deployments)('$name runs a program that its image has', ({ name, pod }) => {
  const [container] = pod.containers
  const [, file] = container?.command ?? []

  if (name === 'web') expect([container?.image, file]).toEqual(['partyline-web', undefined])
  else expect(existsSync(path.join(root, file ?? ''))).toBe(true)
})

test('migrate is a command that the image has', () => {
  const [migrate] = workloads.filter(({ kind }) => kind === 'Job')

  expect(migrate?.pod.containers[0]?.command).toEqual(['partyline', 'migrate'])
  expect(Object.keys(commands)).toContain('migrate')
})
