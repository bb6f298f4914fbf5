import { readFileSync } from 'node:fs'
import path from 'node:path'
import { readSecrets, secretNames } from '@partyline/kit/secrets'
import { expect, test } from 'vitest'
import { secretOf, settings } from './given-settings.ts'
import { ofKind, readYaml, root } from './manifests.ts'
import { deployments, workloads } from './pods.ts'

const services = ['ingress', 'dispatcher', 'realtime', 'api']
const shown = readFileSync(path.join(root, '.env.example'), 'utf8')

test('every setting of the ConfigMap is one that .env.example explains, and none is a secret', () => {
  for (const name of Object.keys(settings)) {
    expect(shown).toContain(`#${name}=`)
    expect(secretNames).not.toContain(name)
  }
})

test('S36: secrets come as files, each service its own; only what is not secret comes as variables', () => {
  for (const { name, pod } of workloads.filter((each) => each.name !== 'web')) {
    const [container] = pod.containers
    expect(pod.volumes).toContainEqual({ name: 'settings', secret: { secretName: name } })
    expect(container?.volumeMounts).toContainEqual({
      ...{ name: 'settings', mountPath: '/run/settings', readOnly: true },
    })
    expect(container?.env).toEqual([{ name: 'PARTYLINE_SETTINGS', value: '/run/settings' }])
  }
})

test.each(services)('what stands in the example Secret of %s does not start', (name) => {
  const { problems } = readSecrets({ ...settings, ...secretOf(name) })

  expect(problems).toEqual(
    Object.keys(secretOf(name)).map((key) => `${key}: is an example, not a secret`),
  )
})

test('S36: migrate makes each service the user that its own Secret names, no two the same', () => {
  const migrate = secretOf('migrate')
  const urls = services.map((name) => [
    `${name.toUpperCase()}_DATABASE_URL`,
    secretOf(name)['DATABASE_URL'],
  ])

  expect(migrate).toEqual({ DATABASE_URL: migrate['DATABASE_URL'], ...Object.fromEntries(urls) })
  expect(new Set(Object.values(migrate)).size).toBe(5)
})

test('the settings that a pod is pointed at are in the ConfigMap', () => {
  const named = deployments.flatMap(({ pod }) =>
    pod.containers.flatMap(({ env = [] }) =>
      env.flatMap(({ valueFrom }) => (valueFrom ? [valueFrom.configMapKeyRef] : [])),
    ),
  )

  for (const { name, key } of named)
    expect([name, settings[key]]).toEqual(['settings', expect.any(String)])
})

test('the example runs this version, from images whose names the pods have', () => {
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    version: string
  }
  const [component] = readYaml('example/version/kustomization.yaml')
  const images = component?.content['images'] as { name: string; newTag: string }[]

  expect(images.map(({ newTag }) => newTag)).toEqual([version, version])
  expect(new Set(images.map(({ name }) => name))).toEqual(
    new Set(workloads.flatMap(({ pod }) => pod.containers.map(({ image }) => image))),
  )
})

test('dispatchers are scaled by figures that a dispatcher tells', () => {
  const [scaler] = ofKind<{ spec: { triggers: { metadata: { query: string } }[] } }>('ScaledObject')
  const metrics = scaler?.spec.triggers.map(({ metadata }) => /\((\w+)\)/.exec(metadata.query)?.[1])

  expect(metrics).toEqual([
    'partyline_oldest_due_delivery_age_seconds',
    'partyline_oldest_unprocessed_age_seconds',
  ])
  const told = ['work-gauges', 'unprocessed-gauge'].map((file) =>
    readFileSync(path.join(root, `services/dispatcher/src/metrics/${file}.ts`), 'utf8'),
  )
  for (const name of metrics ?? []) expect(told.join()).toContain(name)
})
