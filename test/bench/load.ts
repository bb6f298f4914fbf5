import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { signedForm, textParams } from '../support/webhook.ts'

const server = fileURLToPath(new URL('ingress-server.ts', import.meta.url))
const path = '/webhooks/twilio/messages'
const connections = 32
const pipelined = 8

export interface Target extends AsyncDisposable {
  /** Requests answered with 200 in a second, kept up for this long. */
  perSecond(ms: number): Promise<number>
}

export async function startTarget(...args: string[]): Promise<Target> {
  const child = spawn(process.execPath, [server, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [said] = (await once(child.stdout, 'data')) as [Buffer]
  const port = Number(new URL(String(said).trim()).port)
  return {
    perSecond: (ms) => load(port, ms),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

/** Signed and put into bytes beforehand: the client shares its cores with what is measured. */
const requests = Array.from({ length: 500 }, () => {
  const { headers, body } = signedForm(path, textParams())
  const lines = Object.entries({ host: 'bench', 'content-length': body.length, ...headers })
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  return Buffer.from(`POST ${path} HTTP/1.1\r\n${head}\r\n${body}`)
})

async function load(port: number, ms: number): Promise<number> {
  const began = performance.now()
  const counts = await Promise.all(
    Array.from({ length: connections }, (_, index) => askFor(ms, port, index * 50)),
  )
  const answered = counts.reduce((sum, each) => sum + each)
  return (answered * 1_000) / (performance.now() - began)
}

/** One connection that always has as many requests under way; resolves to how many were answered. */
async function askFor(ms: number, port: number, offset: number): Promise<number> {
  const socket = connect(port, '127.0.0.1').setNoDelay()
  const until = performance.now() + ms
  let asked = 0
  let answered = 0
  const ask = (count: number) => {
    const next = Array.from({ length: count }, (_, n) => requests[(offset + asked + n) % 500])
    socket.write(Buffer.concat(next.filter((each) => each !== undefined)))
    asked += count
  }
  ask(pipelined)
  for await (const count of answers(socket)) {
    answered += count
    if (performance.now() < until) ask(count)
    else if (answered === asked) return answered
  }
  throw new Error('the server closed the connection')
}

/** How many answers begin in each piece of what comes back. */
async function* answers(socket: Socket): AsyncGenerator<number> {
  let rest = ''
  for await (const piece of socket) {
    const text = rest + String(piece)
    const found = [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)]
    const bad = found.find(([, status]) => status !== '200')
    if (bad) throw new Error(`answered ${bad[1] ?? ''}`)
    // A status line may be cut in two.
    const end = (found.at(-1)?.index ?? -12) + 12
    rest = text.slice(Math.max(end, text.length - 11))
    yield found.length
  }
}
