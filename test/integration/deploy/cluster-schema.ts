import { ScaledObject } from '@kubernetes-models/keda/keda.sh/v1alpha1/ScaledObject'
import { PodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor'
import { Deployment } from 'kubernetes-models/apps/v1/Deployment'
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler'
import { Job } from 'kubernetes-models/batch/v1/Job'
import { Ingress } from 'kubernetes-models/networking.k8s.io/v1/Ingress'
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy'
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget'
import { Namespace } from 'kubernetes-models/v1/Namespace'
import { Secret } from 'kubernetes-models/v1/Secret'
import { Service } from 'kubernetes-models/v1/Service'
import { ServiceAccount } from 'kubernetes-models/v1/ServiceAccount'
import { unreadFields } from './unread-fields.ts'

/** Made from the descriptions that Kubernetes, KEDA and the Prometheus operator publish of their objects. */
const models = [
  Deployment,
  HorizontalPodAutoscaler,
  Ingress,
  Job,
  Namespace,
  NetworkPolicy,
  PodDisruptionBudget,
  PodMonitor,
  ScaledObject,
  Secret,
  Service,
  ServiceAccount,
]

/** What the cluster would refuse; fields that it does not know too. */
export function schemaProblems(object: Record<string, unknown>): string[] {
  const { apiVersion, kind } = object
  const model = models.find((each) => each.apiVersion === apiVersion && each.kind === kind)
  if (!model) return [`${String(apiVersion)} ${String(kind)}: no schema`]
  const { validate: check } = model.prototype as { validate: (this: object) => void }
  const problems: string[] = []
  const unread = unreadFields(object, (watched) => {
    try {
      // On the object as it is: the model's own constructor would fill in what is missing.
      check.call(watched)
    } catch (error) {
      problems.push(String(error))
    }
  })
  return [...problems, ...unread.map((path) => `${path}: unknown`)]
}
