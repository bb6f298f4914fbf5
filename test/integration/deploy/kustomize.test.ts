import { existsSync, globSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { clusterFolder, kustomizations } from './manifests.ts'

const list = z.array(z.string()).default([])

/** The fields of a kustomization that we use; another one is a misspelt one until it is named here. */
const kustomization = z.strictObject({
  apiVersion: z.string(),
  kind: z.enum(['Kustomization', 'Component']),
  namespace: z.literal('partyline').optional(),
  resources: list,
  components: list,
  images: z
    .array(z.strictObject({ name: z.string(), newName: z.string(), newTag: z.string() }))
    .optional(),
  configMapGenerator: z
    .array(
      z.strictObject({
        name: z.string(),
        behavior: z.literal('merge').optional(),
        envs: z.array(z.string()),
        options: z.unknown().optional(),
      }),
    )
    .default([]),
  patches: z
    .array(z.strictObject({ target: z.record(z.string(), z.string()), patch: z.string() }))
    .optional(),
})

const read = kustomizations.map(({ file, content }) => {
  const { resources, components, configMapGenerator } = kustomization.parse(content)
  const files = configMapGenerator.flatMap(({ envs }) => envs)
  const at = (name: string) => path.join(path.dirname(file), name)
  return { file, content, names: [...resources, ...components, ...files].map(at) }
})

test.each(read)('$file names only what is there', ({ content, names }) => {
  const api = content['kind'] === 'Component' ? 'v1alpha1' : 'v1beta1'

  expect(content['apiVersion']).toBe(`kustomize.config.k8s.io/${api}`)
  for (const name of names) {
    const file = path.join(clusterFolder, name)
    expect([name, existsSync(file.includes('.') ? file : `${file}/kustomization.yaml`)]).toEqual([
      ...[name, true],
    ])
  }
})

test('every file is in a kustomization, but for the example Secrets: they would replace the real ones', () => {
  const files = globSync('**/*.{yaml,env}', { cwd: clusterFolder }).filter(
    (file) => path.basename(file) !== 'kustomization.yaml' && !file.startsWith('example/secrets/'),
  )
  const named = read.flatMap(({ names }) => names)

  expect(files.filter((file) => !named.includes(file))).toEqual([])
  expect(named.filter((name) => name.startsWith('example/secrets'))).toEqual([])
})

test('an unknown field of a kustomization is found', () => {
  const { success } = kustomization.safeParse({ ...kustomizations[0]?.content, resource: [] })

  expect(success).toBe(false)
})
