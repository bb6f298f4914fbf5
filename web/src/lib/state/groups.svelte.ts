import { type Group, groupEndpoints } from '@partyline/contracts/api/groups'
import type { Api } from '../api.ts'
import { allPages } from './all-pages.ts'
import type { LinesState } from './lines.svelte.ts'

interface Deps {
  api: Api
  lines: Pick<LinesState, 'simulate'>
}

type Place = { lineId: string } | { address: string }

/** What it takes to make a group: the lines that are taken, and a line of its own. */
export class GroupsState {
  readonly #deps: Deps
  #items = $state.raw<readonly Group[]>([])
  /** Made, but not where phones are simulated: trying again goes on from there. */
  #unfinished: { key: string; group: Group } | undefined

  constructor(deps: Deps) {
    this.#deps = deps
  }

  get lineIds(): ReadonlySet<string> {
    return new Set(this.#items.map(({ lineId }) => lineId))
  }

  async load(): Promise<void> {
    this.#items = await allPages((query) => this.#deps.api.call(groupEndpoints.list, { query }))
  }

  /** On a line we have, or on a number that becomes one with it: both are made, or none. */
  async create(name: string, on: Place): Promise<Group> {
    const body = { name, ...on }
    const key = JSON.stringify(body)
    const group =
      this.#unfinished?.key === key
        ? this.#unfinished.group
        : await this.#deps.api.call(groupEndpoints.create, { body })
    this.#unfinished = { key, group }
    if ('address' in on) await this.#deps.lines.simulate(name, group.lineAddress)
    this.#unfinished = undefined
    this.#items = [...this.#items, group]
    return group
  }
}
