import { ComposerState } from './composer.svelte.ts'

export const file = { name: 'a.png', size: 10, type: 'image/png' }
export const media = {
  id: 'm1',
  contentType: 'image/png',
  sizeBytes: 10,
  fileName: null,
  state: 'stored',
  ...{ width: null, height: null },
  url: '/x',
} as const

type Deps = ConstructorParameters<typeof ComposerState<typeof file>>[0]

/** A box whose texts are taken and whose files go up, but for what a test says otherwise. */
export const givenComposer = (deps: Partial<Deps> = {}) =>
  new ComposerState<typeof file>({
    draft: undefined,
    upload: async () => media,
    isThere: async () => true,
    keep: () => undefined,
    send: async () => true,
    ...deps,
  })
