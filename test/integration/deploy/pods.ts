import { manifests } from './manifests.ts'

export interface Probe {
  httpGet: { path: string; port: string | number }
}

export interface Container {
  name: string
  image: string
  command?: string[]
  ports?: { name: string; containerPort: number }[]
  env?: { name: string; valueFrom?: { configMapKeyRef: { name: string; key: string } } }[]
  volumeMounts: { name: string; mountPath: string }[]
  startupProbe?: Probe
  readinessProbe?: Probe
  livenessProbe?: Probe
  lifecycle?: { preStop: { sleep: { seconds: number } } }
}

export interface PodSpec {
  terminationGracePeriodSeconds?: number
  containers: Container[]
  volumes: { name: string; secret?: { secretName: string } }[]
}

export interface Workload {
  name: string
  kind: string
  selector: Record<string, string> | undefined
  labels: Record<string, string>
  pod: PodSpec
  raw: object
}

interface Raw {
  spec: {
    selector?: { matchLabels: Record<string, string> }
    template: { metadata: { labels: Record<string, string> }; spec: PodSpec }
  }
}

/** What makes pods: the services and migrate. */
export const workloads: Workload[] = manifests
  .filter(({ kind }) => kind === 'Deployment' || kind === 'Job')
  .map(({ kind, metadata, object }) => {
    const { selector, template } = (object as unknown as Raw).spec
    const { labels } = template.metadata
    return {
      ...{ kind, labels },
      name: metadata.name,
      selector: selector?.matchLabels,
      pod: template.spec,
      raw: object,
    }
  })

export const deployments = workloads.filter(({ kind }) => kind === 'Deployment')
