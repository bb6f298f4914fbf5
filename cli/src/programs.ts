import * as api from '@partyline/api/config'
import * as dispatcher from '@partyline/dispatcher/config'
import * as ingress from '@partyline/ingress/config'
import { readEnv } from '@partyline/kit/config'
import * as realtime from '@partyline/realtime/config'
import { environment as simulator } from '@partyline/simulator/config'

interface Program {
  /** Throws a ConfigError that names what is wrong with this environment. */
  check(env: NodeJS.ProcessEnv): unknown
  /** All that it reads, and so all that it has to be told. */
  variables: string[]
}

export const services = { ingress, dispatcher, realtime, api }
export type ServiceName = keyof typeof services

const toProgram = ({ loadConfig, variables }: (typeof services)[ServiceName]): Program => ({
  check: loadConfig,
  variables,
})

/** Everything of ours that runs as a process. */
export const programs: Record<ServiceName | 'simulator', Program> = {
  ingress: toProgram(ingress),
  dispatcher: toProgram(dispatcher),
  realtime: toProgram(realtime),
  api: toProgram(api),
  simulator: {
    check: (env) => readEnv(simulator, env),
    variables: Object.keys(simulator.shape),
  },
}
