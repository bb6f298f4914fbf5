import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { readEnv } from '@partyline/kit/config'
import { createLog } from '@partyline/kit/log'
import { runUntilSignal } from '@partyline/kit/service'
import { environment, toConfig } from './config.ts'
import { createSimulator } from './simulator.ts'

const read = readEnv(environment, process.env)
const config = toConfig(read)
const log = createLog('simulator', read.LOG_LEVEL)
mkdirSync(dirname(config.databaseFile), { recursive: true })
await runUntilSignal(createSimulator({ config, log }), log, 10_000)
