import { checkDoor } from './check-door.ts'
import { checkPublicUrl } from './check-public-url.ts'
import type { Patient } from './examine.ts'
import type { Finding } from './finding.ts'
import { runChecks } from './run-checks.ts'

/** The way in: the address, and who answers there. */
export async function examineDoor({ settings, simulated, redis }: Patient): Promise<Finding[]> {
  const { config, webhookUrl } = settings
  const { publicUrl } = config
  const connectTo = simulated && webhookUrl ? webhookUrl : publicUrl
  return runChecks([
    {
      about: 'PUBLIC_URL',
      // Nobody asks there by this name.
      look: async () => (connectTo === publicUrl ? checkPublicUrl(publicUrl, simulated) : []),
    },
    {
      about: 'Webhook door',
      look: async () =>
        checkDoor({
          ...{ publicUrl, connectTo, accountSid: config.twilio.accountSid },
          authToken: config.authTokens[0],
          redis: await redis().catch(() => undefined),
          prefix: config.redis.prefix,
        }),
    },
  ])
}
