import { ApiError } from '../api-error.ts'
import { isPageVisible } from '../page-visible.ts'
import type { System, Workspace } from '../workspace.ts'

type Shown = Pick<System, 'simulated' | 'trouble' | 'recovered' | 'unreachedLines'>

/** What the installation says of itself, kept up to date while somebody looks. */
export class SystemWatch {
  readonly #workspace: Pick<Workspace, 'feed' | 'clock' | 'system'>
  #now = $state.raw<Shown>({ simulated: false, trouble: null, recovered: null, unreachedLines: [] })

  constructor(workspace: Pick<Workspace, 'feed' | 'clock' | 'system'>) {
    this.#workspace = workspace
  }

  get now(): Shown {
    return this.#now
  }

  take(system: Shown): void {
    this.#now = system
  }

  /** To be called in an effect; returns its undo. */
  follow(): () => void {
    return this.#workspace.feed.listen({
      apply: ({ type }) => {
        if (type === 'system.changed') void this.#look()
      },
      reload: async () => true,
    })
  }

  /** Nobody tells us when sending stops or goes on, so it is asked with every tick of the clock, in an effect. */
  tick(): void {
    const { clock, feed } = this.#workspace
    const isUp = feed.connection === 'live' || feed.connection === 'polling'
    if (clock.now > 0 && isPageVisible() && isUp) void this.#look()
  }

  async #look(): Promise<void> {
    try {
      this.#now = await this.#workspace.system()
    } catch (error) {
      // The next tick asks again.
      if (!(error instanceof ApiError)) throw error
    }
  }
}
