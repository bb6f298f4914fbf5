import { writeFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import type { CrashPoint } from '@partyline/kit/crash-point'

/** Where processes die, each at one of the first so many passings. */
export type DiesAt = Partial<Record<CrashPoint, number>>

/** The first letter of a point is that of its service. */
const points = { ingress: 'I', dispatcher: 'DW', api: 'A', realtime: 'R' }
export type Service = keyof typeof points

interface Death {
  point: string
  /** For `crash-hook.ts`. */
  env: Record<string, string>
}

/**
 * Each process that starts is to die at one point, in a seeded order: that nobody else is on the way to
 * and whose last death is longest ago. So every point has its turn, however rarely somebody comes by.
 */
export class CrashPlan {
  readonly #diesAt: DiesAt
  readonly #random: () => number
  /** There once the faults are over. */
  readonly #overFile: string
  #over = false
  /** Points that nobody is on the way to. */
  readonly #free: string[]
  readonly #missed: Set<string>
  readonly #complete = new AbortController()

  constructor(diesAt: DiesAt, random: () => number, overFile: string) {
    this.#diesAt = diesAt
    this.#random = random
    this.#overFile = overFile
    const chances = new Map(Object.keys(diesAt).map((point) => [point, random()]))
    this.#free = [...chances.keys()].sort((a, b) => (chances.get(a) ?? 0) - (chances.get(b) ?? 0))
    this.#missed = new Set(this.#free)
    if (this.#missed.size === 0) this.#complete.abort()
  }

  /** For a process that starts. */
  take(service: Service): Death | undefined {
    if (this.#over) return undefined
    const index = this.#free.findIndex((point) => points[service].includes(point.charAt(0)))
    const [point] = index < 0 ? [] : this.#free.splice(index, 1)
    if (point === undefined) return undefined
    const most = this.#diesAt[point as CrashPoint] ?? 1
    const passing = 1 + Math.floor(this.#random() * most)
    return { point, env: { CRASH_AT: `${point}:${passing}`, CRASH_UNTIL: this.#overFile } }
  }

  /** It ended, at this point or otherwise: then the point is the next one's. */
  giveBack({ point }: Death, died: boolean): void {
    if (!died) return void this.#free.unshift(point)
    this.#free.push(point)
    this.#missed.delete(point)
    if (this.#missed.size === 0) this.#complete.abort()
  }

  /** Until something has died everywhere, or for so long. */
  async untilComplete(patienceMs: number): Promise<void> {
    const { signal } = this.#complete
    await wait(patienceMs, undefined, { signal }).catch(() => undefined)
  }

  /** Nobody dies from here on, whoever is on the way to it included. */
  end(): void {
    this.#over = true
    writeFileSync(this.#overFile, '')
  }

  problems(): string[] {
    return this.#missed.size > 0 ? [`nothing died at ${[...this.#missed].sort().join(', ')}`] : []
  }
}
