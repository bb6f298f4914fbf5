import { createApiClient } from '@partyline/cli/demo/api-client'
import { seedDemo } from '@partyline/cli/demo/seed-demo'
import { createSimulatorClient } from '@partyline/cli/demo/simulator-client'
import { sessionEndpoints } from '@partyline/contracts/api/session'

/** Plays the demo as the admin there is already, through the public port. */
export async function playDemo(
  { email, password }: { email: string; password: string },
  url: string,
): Promise<void> {
  const api = createApiClient(url)
  await api.call(sessionEndpoints.create, { body: { email, password } })
  await seedDemo({ api, simulator: createSimulatorClient(url) })
  await api.call(sessionEndpoints.remove)
}
