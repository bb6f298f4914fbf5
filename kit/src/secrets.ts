import { readFileSync } from 'node:fs'

/** Variables that let somebody in. Each may also be given as `NAME_FILE`, the file that holds it. */
export const secretNames = [
  'DATABASE_URL',
  'REDIS_URL',
  'TWILIO_AUTH_TOKEN',
  'TWILIO_AUTH_TOKEN_SECONDARY',
  'TWILIO_API_SECRET',
  'ADMIN_PASSWORD',
  'S3_SECRET_ACCESS_KEY',
] as const

interface Read {
  env: NodeJS.ProcessEnv
  /** `NAME: what is wrong`, without a value. */
  problems: string[]
}

/** The environment with every secret in its own variable, wherever it was given. */
export function readSecrets(given: NodeJS.ProcessEnv): Read {
  const env = { ...given }
  const problems: string[] = []
  for (const name of secretNames) {
    const fileName = `${name}_FILE` as const
    const file = env[fileName]
    env[fileName] = undefined
    if (file) {
      if (env[name]) problems.push(`${name}: is set, and ${fileName} too`)
      try {
        // Editors and `echo` end a file with a line break that is no part of the secret.
        env[name] = readFileSync(file, 'utf8').replace(/\r?\n$/, '')
      } catch (error) {
        const { code = 'unknown' } = error as NodeJS.ErrnoException
        problems.push(`${fileName}: cannot be read (${code})`)
        continue
      }
      if (env[name] === '') problems.push(`${fileName}: is empty`)
    }
    if (isExample(env[name] ?? '')) problems.push(`${name}: is an example, not a secret`)
  }
  return { env, problems }
}

const examples =
  /^(change[-_ ]?(me|it|this)|your[-_ ].*|example|placeholder|password|secret|todo|x{3,}|<.*>)$/i

/** What stands in instructions and gets copied along. Of an address, the password. */
function isExample(value: string): boolean {
  const secret = /^\w+:\/\/[^:@/]*:([^@]*)@/.exec(value)?.[1] ?? value
  return /…|\.\.\./.test(secret) || examples.test(secret)
}
