import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseAllDocuments } from 'yaml'

export const root = fileURLToPath(new URL('../../..', import.meta.url))
export const clusterFolder = path.join(root, 'deploy/kubernetes')

interface Meta {
  name: string
  labels?: Record<string, string>
}

/** What is asked of every object; the rest is the schema's business. */
export interface Manifest {
  file: string
  kind: string
  metadata: Meta
  object: Record<string, unknown>
}

/** Every YAML file below deploy/kubernetes, and what is in it. */
export function readYaml(pattern: string): { file: string; content: Record<string, unknown> }[] {
  return globSync(pattern, { cwd: clusterFolder })
    .toSorted()
    .flatMap((file) =>
      parseAllDocuments(readFileSync(path.join(clusterFolder, file), 'utf8')).map((document) => {
        if (document.errors.length > 0) throw new Error(`${file}: ${String(document.errors[0])}`)
        return { file, content: document.toJS() as Record<string, unknown> }
      }),
    )
}

export const kustomizations = readYaml('**/kustomization.yaml')

export const manifests: Manifest[] = readYaml('**/*.yaml')
  .filter(({ file }) => path.basename(file) !== 'kustomization.yaml')
  .map(({ file, content }) => ({
    file,
    kind: String(content['kind']),
    metadata: content['metadata'] as Meta,
    object: content,
  }))

/** The objects of one kind; the caller says their shape, which the schema test has checked. */
export function ofKind<Shape>(kind: string): (Shape & { metadata: Meta })[] {
  return manifests
    .filter((manifest) => manifest.kind === kind)
    .map(({ object }) => object as Shape & { metadata: Meta })
}
