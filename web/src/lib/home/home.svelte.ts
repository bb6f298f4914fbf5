import {
  type Attention,
  type Figures,
  statisticsEndpoints,
} from '@partyline/contracts/api/statistics'
import type { z } from 'zod'
import { systemEndpoints } from '@partyline/contracts/api/system'
import type { FeedEvent } from '@partyline/contracts/feed'
import type { Api } from '../api.ts'
import { messageOf } from '../api-error.ts'
import type { FeedListener } from '../state/feed.svelte.ts'
import type { System } from '../workspace.ts'
import { rangeOf, type Span } from './time-range.ts'

export type Statistics = z.output<typeof statisticsEndpoints.get.reply>

interface Asked {
  span: Span
  lineId: string | undefined
}

const soonMs = 2_000

/** What Home shows. What is there stays in sight while newer numbers are fetched. */
export class HomeState implements FeedListener {
  readonly #api: Api
  #asked = 0
  #askedAttention = 0
  #soon: ReturnType<typeof setTimeout> | undefined
  /** The numbers, with what they answer. */
  shown = $state.raw<{ statistics: Statistics; span: Span; at: number }>()
  attention = $state.raw<Attention>()
  attentionAt = $state.raw(0)
  system = $state.raw<System>()
  /** Why the one or the other could not be fetched; that one works does not mend the other. */
  #failures = $state.raw<{ shown?: string | undefined; attention?: string | undefined }>({})

  constructor(api: Api) {
    this.#api = api
  }

  get error(): string | undefined {
    return this.#failures.shown ?? this.#failures.attention
  }

  async load({ span, lineId }: Asked): Promise<void> {
    const asked = (this.#asked += 1)
    const at = Date.now()
    const { from, to } = rangeOf(span, at)
    try {
      const statistics = await this.#api.call(statisticsEndpoints.get, {
        query: {
          from: from.toISOString(),
          to: to.toISOString(),
          by: span.days === 1 ? 'hour' : 'day',
          timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
          ...(lineId && { lineId }),
        },
      })
      // A later question has the later answer.
      if (asked !== this.#asked) return
      this.shown = { statistics, span, at }
      this.#failures = { ...this.#failures, shown: undefined }
    } catch (error) {
      if (asked !== this.#asked) return
      this.#failures = { ...this.#failures, shown: messageOf(error) }
    }
  }

  /** Whether it could be fetched. */
  async loadAttention(): Promise<boolean> {
    const asked = (this.#askedAttention += 1)
    try {
      const [attention, system] = await Promise.all([
        this.#api.call(statisticsEndpoints.attention),
        this.#api.call(systemEndpoints.get),
      ])
      if (asked !== this.#askedAttention) return true
      this.attention = attention
      this.attentionAt = Date.now()
      this.system = system
      this.#failures = { ...this.#failures, attention: undefined }
      return true
    } catch (error) {
      if (asked === this.#askedAttention) {
        this.#failures = { ...this.#failures, attention: messageOf(error) }
      }
      return false
    }
  }

  reload(): Promise<boolean> {
    return this.loadAttention()
  }

  /** Of a busy inbox one question in two seconds is enough. */
  apply({ type }: FeedEvent): void {
    if (type !== 'conversation.changed' && type !== 'system.changed') return
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined
      void this.loadAttention()
    }, soonMs)
  }

  stop(): void {
    clearTimeout(this.#soon)
  }
}

export const noFigures: Figures = {
  ...{ inbound: 0, outbound: 0, delivered: 0, failed: 0, answers: 0 },
  medianAnswerSeconds: null,
}
