import { type Read, readSettings, readValue } from './settings.ts'

/** Variables that let somebody in. Each may also be given as `NAME_FILE`, the file that holds it. */
export const secretNames = [
  'DATABASE_URL',
  'INGRESS_DATABASE_URL',
  'DISPATCHER_DATABASE_URL',
  'REALTIME_DATABASE_URL',
  'API_DATABASE_URL',
  'REDIS_URL',
  'TWILIO_AUTH_TOKEN',
  'TWILIO_AUTH_TOKEN_SECONDARY',
  'TWILIO_API_SECRET',
  'ADMIN_PASSWORD',
  'S3_SECRET_ACCESS_KEY',
  'OTEL_EXPORTER_OTLP_HEADERS',
] as const

/** The environment with every setting in its own variable, wherever it was given. */
export function readSecrets(given: NodeJS.ProcessEnv): Read {
  const { env, problems } = readSettings(given)
  for (const name of secretNames) {
    const fileName = `${name}_FILE` as const
    const file = env[fileName]
    env[fileName] = undefined
    if (file) {
      try {
        const value = readValue(file)
        // An empty one is how a secret is mounted that was not given.
        if (value !== '' && env[name]) problems.push(`${name}: is set, and ${fileName} too`)
        if (value !== '') env[name] = value
      } catch (error) {
        const { code = 'unknown' } = error as NodeJS.ErrnoException
        problems.push(`${fileName}: cannot be read (${code})`)
        continue
      }
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
