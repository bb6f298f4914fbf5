import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** Of a process that takes part in the bench: what it can be asked, by name. */
type Answers = Record<string, () => unknown>

/** To be called in the child, which then stays until its parent goes. */
export function answerParent(answers: Answers): void {
  process.on('message', (asked: string) => {
    const answering = answers[asked]
    if (answering) {
      void Promise.resolve(answering()).then((answer) => process.send?.({ asked, answer }))
    }
  })
  process.on('disconnect', () => process.exit())
  process.channel?.ref()
}

export interface Child extends AsyncDisposable {
  ask(what: string): Promise<unknown>
  /** Milliseconds of CPU it has used so far. */
  cpuMs(): Promise<number>
}

/** Made for this bench, for this machine's own address; its key is no secret. */
const stubCertificate = fileURLToPath(new URL('stub-cert.pem', import.meta.url))
const cpuReport = new URL('send-cpu.ts', import.meta.url).href

/** A file of ours as a process that can be asked, among others for the CPU it uses. */
export function startChild(
  file: string,
  {
    args = [],
    env = {},
    nodeArgs = [],
  }: Partial<Record<'args' | 'nodeArgs', string[]>> & {
    env?: Record<string, string>
  } = {},
): Child {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args, {
    execArgv: ['--import', cpuReport, ...nodeArgs],
    env: { PATH: process.env['PATH'], NODE_EXTRA_CA_CERTS: stubCertificate, ...env },
  })
  const ended = once(child, 'exit')
  async function ask(what: string): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    const hear = ({ asked, answer }: { asked: string; answer: unknown }) => {
      if (asked === what) resolve(answer)
    }
    const lost = () => reject(new Error(`${file} ended before it answered`))
    child.on('message', hear).once('exit', lost).send(what)
    return promise.finally(() => child.off('message', hear).off('exit', lost))
  }
  return {
    ask,
    cpuMs: async () => Number(await ask('cpu')),
    async [Symbol.asyncDispose]() {
      // It ends by itself then, in order, so that a profile is written too.
      child.disconnect()
      await ended
    },
  }
}
