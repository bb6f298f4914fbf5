import type { Welcome } from '@partyline/cli/welcome/welcome-text'
import { migrate } from '@partyline/db/migrate'
import type { Config } from './config.ts'
import { openDataFolder } from './data-folder.ts'
import { startInfra } from './infra.ts'
import { assertPortFree } from './port.ts'
import { runProduct } from './run-product.ts'
import { buildWeb } from './web-build.ts'

export interface Standalone {
  start(): Promise<Welcome>
  stop(): Promise<void>
}

interface Deps {
  config: Config
  /** The built dashboard; built when not given. */
  webFolder?: string
  /** Whether a first start with the simulator makes conversations to look at. */
  demo?: boolean
  /** False: who started this process holds the data folder already. */
  lock?: boolean
}

/** The whole product on one machine, in one process and one folder. */
export function createStandalone({
  config,
  webFolder,
  demo = true,
  lock = true,
}: Deps): Standalone {
  const resources = new AsyncDisposableStack()
  return {
    async start() {
      await assertPortFree(config.port)
      const data = resources.use(openDataFolder(config.dataFolder, { lock }))
      const [infra, folder] = await Promise.allSettled([
        startInfra(config, data, resources),
        webFolder ?? buildWeb(),
      ])
      // Both are waited for, so that stop() knows of everything that runs.
      if (infra.status === 'rejected') throw infra.reason
      if (folder.status === 'rejected') throw folder.reason
      await migrate(infra.value.databaseUrl, infra.value.serviceUrls)
      return runProduct({ config, data, infra: infra.value, web: folder.value, demo, resources })
    },
    stop: () => resources.disposeAsync(),
  }
}
