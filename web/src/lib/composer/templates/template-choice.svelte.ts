import { maxBodyLength } from '@partyline/contracts/api/new-message'
import { type Template, templateEndpoints } from '@partyline/contracts/api/templates'
import { fillTemplate, valueProblem } from '@partyline/contracts/template-text'
import type { Api } from '../../api.ts'
import { PagedList } from '../../settings/paged-list.svelte.ts'
import { prefill } from './prefill.ts'

/** Choosing a template, and a value for each of its variables. */
export class TemplateChoice {
  readonly list: PagedList<Template>
  q = $state('')
  #chosen = $state.raw<Template | null>(null)
  #values = $state.raw<Readonly<Record<string, string>>>({})
  /** What it will say; a variable without a value stays as it is. */
  readonly body: string = $derived(fillTemplate(this.#chosen?.body ?? '', this.#trimmed()))
  readonly isTooLong: boolean = $derived(this.body.length > maxBodyLength)
  readonly canSend: boolean = $derived(
    this.#chosen !== null &&
      !this.isTooLong &&
      this.#chosen.variables.every(({ name }) => valueProblem(this.valueOf(name)) === undefined),
  )

  constructor(api: Api) {
    this.list = new PagedList((page) =>
      api.call(templateEndpoints.list, { query: { ...page, q: this.q, sendable: 'true' } }),
    )
  }

  get chosen(): Template | null {
    return this.#chosen
  }

  choose(template: Template, contactName: string | null | undefined): void {
    this.#values = prefill(template, contactName)
    this.#chosen = template
  }

  leave(): void {
    this.#chosen = null
  }

  async search(q: string): Promise<void> {
    this.q = q
    await this.list.load()
  }

  valueOf(name: string): string {
    return Object.hasOwn(this.#values, name) ? (this.#values[name] ?? '') : ''
  }

  setValue(name: string, value: string): void {
    this.#values = { ...this.#values, [name]: value }
  }

  /** Of what was typed: an empty one is seen without words. */
  problemOf(name: string): string | undefined {
    const value = this.valueOf(name)
    const problem = value === '' ? undefined : valueProblem(value)
    return problem && `It ${problem}.`
  }

  /** As it goes out. */
  get variables(): Record<string, string> {
    return this.#trimmed()
  }

  #trimmed(): Record<string, string> {
    return Object.fromEntries(
      (this.#chosen?.variables ?? []).flatMap(({ name }) => {
        const value = this.valueOf(name).trim()
        return value === '' ? [] : [[name, value] as const]
      }),
    )
  }
}
