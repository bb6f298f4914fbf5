import { maxPeople, type Person } from '@partyline/contracts/api/bulk-people'
import { messageOf } from '../../api-error.ts'
import { newId } from '../../new-id.ts'
import { type Columns, guessColumns, peopleIn } from './guess-columns.ts'
import { readTable, type Table, writeTable } from './read-table.ts'

/** What a list of members and a list of contacts say of a row alike. */
interface Verdict {
  row: number
  displayAddress: string | null
  verdict: string
  reason: string | null
  /** What a contact was called until now. */
  nameBefore?: string | null
}

interface Deps {
  /** Asks the api; with `preview` nothing happens. All parts of a list are taken under one `importId`. */
  ask: (people: Person[], preview: boolean, importId: string) => Promise<Verdict[]>
}

const restMs = 350
const maxFileBytes = 5_000_000

/** A list of people on its way in: pasted or from a file, looked at, then taken. */
export class ImportState {
  readonly #deps: Deps
  #table = $state.raw<Table>({ rows: [], lines: [] })
  #columns = $state.raw<Columns>({
    hasHeader: false,
    name: undefined,
    lastName: undefined,
    phone: undefined,
  })
  #verdicts = $state.raw<readonly Verdict[]>([])
  /** The same for another try of the list. An undone one is not taken again. */
  #importId = newId()
  #asked = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  text = $state('')
  fileName = $state<string | undefined>()
  phase = $state<'writing' | 'looking' | 'seen' | 'working' | 'done'>('writing')
  /** How many rows are taken so far. */
  progress = $state(0)
  error = $state<string | undefined>()

  constructor(deps: Deps) {
    this.#deps = deps
  }

  readonly people: readonly Person[] = $derived.by(() => peopleIn(this.#table.rows, this.#columns))
  /** Those with a problem first: of a long list they are what one looks for. */
  readonly rows = $derived.by(() => {
    const all = this.people.map((person, index) => ({
      ...person,
      line: this.#table.lines[index + (this.#columns.hasHeader ? 1 : 0)] ?? index + 1,
      verdict: this.#verdicts[index],
    }))
    const isBad = ({ verdict }: (typeof all)[number]) => Boolean(verdict?.reason)
    return [...all.filter(isBad), ...all.filter((row) => !isBad(row))]
  })

  get columns(): Columns {
    return this.#columns
  }

  get verdicts(): readonly Verdict[] {
    return this.#verdicts
  }

  /** What each column is called, to choose by. */
  readonly headings: readonly string[] = $derived.by(() => {
    const width = Math.max(0, ...this.#table.rows.slice(0, 50).map((row) => row.length))
    const first = this.#table.rows[0] ?? []
    return Array.from({ length: width }, (_, column) => {
      const cell = first[column] ?? ''
      if (this.#columns.hasHeader && cell !== '') return cell
      return cell === '' ? `Column ${column + 1}` : `Column ${column + 1} (${cell.slice(0, 20)})`
    })
  })

  write(text: string): void {
    if (this.phase === 'working') return
    this.text = text
    this.#table = readTable(text)
    this.#columns = guessColumns(this.#table.rows)
    this.#lookSoon()
  }

  async read(file: File): Promise<void> {
    this.error = undefined
    if (file.size > maxFileBytes) {
      this.error =
        'This file is larger than 5 MB. Is it a list of people? Save it as CSV, in parts.'
      return
    }
    const text = await file.text().catch(() => undefined)
    if (text === undefined) {
      this.error = 'The file cannot be read. Is it still there? Choose it again.'
      return
    }
    if (text.includes('\0')) {
      this.error = 'This is not a CSV file. In your spreadsheet choose “Save as” and then CSV.'
      return
    }
    this.fileName = file.name
    this.write(text)
  }

  choose(change: Partial<Columns>): void {
    if (this.phase === 'working') return
    this.#columns = { ...this.#columns, ...change }
    this.#lookSoon()
  }

  /** Something else about the list was chosen: what would become of each row? */
  lookAgain(): void {
    if (this.phase !== 'working') this.#lookSoon()
  }

  /** A list was undone. If it is this one it stands here as it did before: nothing is added any more. */
  undone(importId: string): void {
    if (importId === this.#importId) this.#importId = newId()
    else if (this.phase === 'done') return
    this.lookAgain()
  }

  async take(): Promise<boolean> {
    this.phase = 'working'
    this.progress = 0
    this.error = undefined
    try {
      this.#verdicts = await this.#askAll(false, (done) => {
        this.progress = done
      })
      this.phase = 'done'
      return true
    } catch (failure) {
      this.error = messageOf(failure)
      this.phase = 'seen'
      return false
    }
  }

  /** Those that were not taken, with the reason, as a file to mend and bring again. */
  problems(): string {
    const bad = this.rows.filter(({ verdict }) => verdict?.reason)
    return writeTable([
      ['line', 'name', 'phone', 'problem'],
      ...bad.map(({ line, name, phone, verdict }) => [
        ...[String(line), name, phone, verdict?.reason ?? ''],
      ]),
    ])
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  #lookSoon(): void {
    clearTimeout(this.#timer)
    this.#asked += 1
    this.#verdicts = []
    this.error = undefined
    this.phase = this.people.length === 0 ? 'writing' : 'looking'
    if (this.people.length > 0) this.#timer = setTimeout(() => void this.#look(), restMs)
  }

  async #look(): Promise<void> {
    const asked = this.#asked
    try {
      const verdicts = await this.#askAll(true)
      if (asked !== this.#asked) return
      this.#verdicts = verdicts
      this.phase = 'seen'
    } catch (failure) {
      if (asked !== this.#asked) return
      this.error = messageOf(failure)
      this.phase = 'writing'
    }
  }

  /** A request takes so many; a longer list goes in several. */
  async #askAll(preview: boolean, ondone?: (count: number) => void): Promise<Verdict[]> {
    const all: Verdict[] = []
    const { people } = this
    for (let from = 0; from < people.length; from += maxPeople) {
      const part = people.slice(from, from + maxPeople)
      all.push(...(await this.#deps.ask([...part], preview, this.#importId)))
      ondone?.(all.length)
    }
    return all
  }
}
