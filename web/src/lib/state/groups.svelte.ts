import { type Group, groupEndpoints } from '@partyline/contracts/api/groups'
import type { Api } from '../api.ts'
import { allPages } from './all-pages.ts'
import type { LinesState } from './lines.svelte.ts'

interface Deps {
  api: Api
  lines: Pick<LinesState, 'add'>
}

/** What it takes to make a group: the lines that are taken, and a line of its own. */
export class GroupsState {
  readonly #deps: Deps
  #items = $state.raw<readonly Group[]>([])

  constructor(deps: Deps) {
    this.#deps = deps
  }

  get lineIds(): ReadonlySet<string> {
    return new Set(this.#items.map(({ lineId }) => lineId))
  }

  async load(): Promise<void> {
    this.#items = await allPages((query) => this.#deps.api.call(groupEndpoints.list, { query }))
  }

  /** On a line we have, or on a number that becomes one. */
  async create(name: string, on: { lineId: string } | { address: string }): Promise<Group> {
    const lineId =
      'lineId' in on
        ? on.lineId
        : (await this.#deps.lines.add({ name, address: on.address, mode: 'group' })).id
    const group = await this.#deps.api.call(groupEndpoints.create, { body: { name, lineId } })
    this.#items = [...this.#items, group]
    return group
  }
}
