import { pino, type Logger } from 'pino'

export type { Logger }

/** Structured logs to standard output. Bodies, tokens and cookies never reach them. */
export function createLog(service: string, level: string): Logger {
  return pino({
    base: { service },
    level,
    redact: ['*.authorization', '*.cookie', '*.authToken', '*.body', '*.params', '*.password'],
  })
}
