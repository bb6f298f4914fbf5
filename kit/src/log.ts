import { type DestinationStream, type Logger, pino } from 'pino'
import { withoutNumbers } from './without-numbers.ts'

export type { Logger }

const redact = ['*.authorization', '*.cookie', '*.authToken', '*.body', '*.params', '*.password']

/**
 * Structured logs, to standard output unless told otherwise. Bodies, tokens and cookies never reach them, and
 * no whole number does, whatever error quotes it.
 */
export function createLog(service: string, level: string, to?: DestinationStream): Logger {
  const hooks = { streamWrite: withoutNumbers }
  const options = { base: { service }, level, redact, hooks }
  return to ? pino(options, to) : pino(options)
}
