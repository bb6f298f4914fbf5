import { z } from 'zod'
import { readSecrets } from './secrets.ts'

export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/** Parses the environment once. Names every bad variable in one message, and never prints a value. */
export function readEnv<Schema extends z.ZodType>(
  schema: Schema,
  given: NodeJS.ProcessEnv,
): z.output<Schema> {
  const { env, problems } = readSecrets(given)
  const present = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  )
  const result = schema.safeParse(present)
  if (result.success && problems.length === 0) return result.data
  const issues = result.error?.issues ?? []
  const lines = [...problems, ...issues.map(({ path, message }) => `${path.join('.')}: ${message}`)]
  throw new ConfigError(
    `Bad environment:\n${lines.map((line) => `  ${line}`).join('\n')}\nSee .env.example.`,
  )
}
