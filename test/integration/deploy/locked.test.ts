import { expect, test } from 'vitest'
import { ofKind } from './manifests.ts'
import { deployments, workloads } from './pods.ts'

const amounts = { cpu: expect.any(String) as string, memory: expect.any(String) as string }

test.each(workloads)('$name may do nothing in its pod but its work', ({ pod }) => {
  expect(pod).toMatchObject({
    serviceAccountName: 'partyline',
    automountServiceAccountToken: false,
    // With links a Service named api would set API_PORT to something that is no port.
    enableServiceLinks: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    },
  })
  for (const container of pod.containers) {
    expect(container).toMatchObject({
      resources: { requests: amounts, limits: amounts },
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      },
    })
  }
})

test('what no policy allows is denied, to and from every pod', () => {
  const policies = ofKind<{ spec: unknown }>('NetworkPolicy')

  expect(policies.map(({ spec }) => spec)).toContainEqual({
    podSelector: {},
    policyTypes: ['Ingress', 'Egress'],
  })
})

test.each(deployments)(
  '$name is replaced pod by pod, and loses at most one when a node is emptied',
  ({ name, selector, raw }) => {
    const budgets = ofKind<{ spec: object }>('PodDisruptionBudget')

    expect(raw).toMatchObject({
      spec: { strategy: { rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } } },
    })
    expect(budgets.find(({ metadata }) => metadata.name === name)?.spec).toEqual({
      maxUnavailable: 1,
      selector: { matchLabels: selector },
    })
  },
)
