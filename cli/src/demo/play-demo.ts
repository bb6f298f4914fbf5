import type { Db } from '@partyline/db/client'
import { createApiClient } from './api-client.ts'
import { closeDemoUser, openDemoUser } from './demo-user.ts'
import { seedDemo } from './seed-demo.ts'
import type { SimulatorClient } from './simulator-client.ts'

interface Deps {
  db: Db
  simulator: SimulatorClient
  apiUrl: string
}

/** Plays the demo once for an installation. Marked first: one that was interrupted is better than two. */
export async function playDemo({ db, simulator, apiUrl }: Deps): Promise<void> {
  const user = await openDemoUser(db)
  try {
    if (user) await seedDemo({ api: createApiClient(apiUrl, user.token), simulator })
  } finally {
    await closeDemoUser(db)
  }
}
