import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Pool } from 'undici'
import { signedForm, textParams } from '../support/webhook.ts'

const server = fileURLToPath(new URL('ingress-server.ts', import.meta.url))
const path = '/webhooks/twilio/messages'

export interface Target extends AsyncDisposable {
  /** Requests answered with 2xx in a second, kept up for this long. */
  perSecond(ms: number): Promise<number>
}

export async function startTarget(...args: string[]): Promise<Target> {
  const child = spawn(process.execPath, [server, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [said] = (await once(child.stdout, 'data')) as [Buffer]
  const pool = new Pool(String(said).trim(), { connections: 8, pipelining: 8 })
  return {
    perSecond: (ms) => load(pool, ms),
    async [Symbol.asyncDispose]() {
      await pool.destroy()
      child.kill('SIGKILL')
    },
  }
}

/** Signed beforehand: signing is Twilio's work. */
const requests = Array.from({ length: 500 }, () => signedForm(path, textParams()))

async function load(pool: Pool, ms: number): Promise<number> {
  let answered = 0
  const began = performance.now()
  await Promise.all(
    Array.from({ length: 64 }, async (_, offset) => {
      for (let index = offset; performance.now() - began < ms; index += 1) {
        const { headers, body } = requests[index % requests.length] ?? signedForm(path, {})
        const answer = await pool.request({ method: 'POST', path, headers, body, idempotent: true })
        await answer.body.dump()
        if (answer.statusCode !== 200) throw new Error(`answered ${answer.statusCode}`)
        answered += 1
      }
    }),
  )
  return (answered * 1_000) / (performance.now() - began)
}
