import { z } from 'zod'

export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/** Parses the environment once. Names every bad variable in one message, and never prints a value. */
export function readEnv<Schema extends z.ZodType>(
  schema: Schema,
  env: NodeJS.ProcessEnv,
): z.output<Schema> {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const result = schema.safeParse(present)
  if (result.success) return result.data
  const lines = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
  throw new ConfigError(`Bad environment:\n${lines.join('\n')}\nSee .env.example.`)
}
