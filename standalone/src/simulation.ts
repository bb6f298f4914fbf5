import path from 'node:path'
import { environment, toConfig } from '@partyline/simulator/config'
import { createSimulator, type Simulator } from '@partyline/simulator/simulator'
import { readEnv } from '@partyline/kit/config'
import { createLog } from '@partyline/kit/log'

/** The simulator on a port of its own, which only the dispatcher uses; its phones are at `/simulator`. */
export function createSimulation(
  env: NodeJS.ProcessEnv,
  { port, dataFolder }: { port: number; dataFolder: string },
): Simulator {
  const read = readEnv(environment, env)
  return createSimulator({
    config: {
      ...toConfig(read),
      host: '127.0.0.1',
      port: 0,
      databaseFile: path.join(dataFolder, 'simulator.sqlite'),
      // PUBLIC_URL may lead through a proxy that does not stand yet.
      webhookBaseUrl: `http://127.0.0.1:${port}`,
    },
    log: createLog('simulator', read.LOG_LEVEL),
  })
}
