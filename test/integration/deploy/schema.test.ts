import { expect, test } from 'vitest'
import { schemaProblems } from './cluster-schema.ts'
import { manifests } from './manifests.ts'

test.each(manifests)(
  '$file is what the cluster understands, without a field it does not know',
  ({ object }) => {
    expect(schemaProblems(object)).toEqual([])
  },
)

interface Spot {
  kind: string
  /** Where something is put, and what. */
  at: (string | number)[]
  value: unknown
  problem: string
}

const wrong: Spot[] = [
  { kind: 'Deployment', at: ['spec', 'replica'], value: 2, problem: '/spec/replica: unknown' },
  {
    kind: 'Deployment',
    at: ['spec', 'template', 'spec', 'containers', 0, 'livenessprobe'],
    value: {},
    problem: '/spec/template/spec/containers/0/livenessprobe: unknown',
  },
  {
    kind: 'Deployment',
    at: ['spec', 'template', 'spec', 'terminationGracePeriodSeconds'],
    value: '60s',
    problem: '/spec/template/spec/terminationGracePeriodSeconds must be integer',
  },
  {
    kind: 'Deployment',
    at: ['spec', 'selector'],
    value: undefined,
    problem: 'must have required property selector',
  },
  {
    kind: 'NetworkPolicy',
    at: ['spec', 'podSelector', 'matchLabel'],
    value: {},
    problem: '/spec/podSelector/matchLabel: unknown',
  },
  {
    kind: 'ScaledObject',
    at: ['spec', 'triggers', 0, 'threshold'],
    value: '15',
    problem: '/spec/triggers/0/threshold: unknown',
  },
  {
    kind: 'ScaledObject',
    at: ['spec', 'triggers', 0, 'metadata', 'threshold'],
    value: 15,
    problem: '/spec/triggers/0/metadata/threshold must be string',
  },
  {
    kind: 'PodMonitor',
    at: ['spec', 'endpoints'],
    value: [],
    problem: '/spec/endpoints: unknown',
  },
]

test.each(wrong)('a mistake is found: $problem', ({ kind, at, value, problem }) => {
  const { object } = manifests.find((manifest) => manifest.kind === kind) ?? { object: {} }
  const broken = structuredClone(object)

  put(broken, at, value)

  expect(schemaProblems(broken).join('\n')).toContain(problem)
})

test('an object of a kind that no schema describes is not let through', () => {
  expect(schemaProblems({ apiVersion: 'apps/v2', kind: 'Deployment' })).toEqual([
    'apps/v2 Deployment: no schema',
  ])
})

function put(target: object, [key, ...rest]: (string | number)[], value: unknown): void {
  if (key === undefined) throw new Error('nowhere to put it')
  const next: unknown = Reflect.get(target, key)
  if (rest.length > 0) put(next as object, rest, value)
  else Reflect.set(target, key, value)
}
