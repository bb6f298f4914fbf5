import { type DestinationStream, type Logger, pino } from 'pino'

export type { Logger }

const redact = ['*.authorization', '*.cookie', '*.authToken', '*.body', '*.params', '*.password']

/** Structured logs, to standard output unless told otherwise. Bodies, tokens and cookies never reach them. */
export function createLog(service: string, level: string, to?: DestinationStream): Logger {
  const options = { base: { service }, level, redact }
  return to ? pino(options, to) : pino(options)
}
