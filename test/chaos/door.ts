import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface Door extends AsyncDisposable {
  url: string
  /** Cuts each connection with this chance, without a word to either end. */
  snap(chance: number, random: () => number): void
}

/** One address before several processes: each connection goes to the next one that takes it. */
export async function openDoor(ports: number[]): Promise<Door> {
  const open = new Set<Socket>()
  let turn = 0

  function pass(client: Socket, left = ports.length): void {
    const port = ports[turn++ % ports.length]
    if (left === 0 || port === undefined) return void client.destroy()
    const server = connect(port, '127.0.0.1')
    server.once('connect', () => {
      client.pipe(server).pipe(client)
      client.once('close', () => server.destroy())
      server.once('close', () => client.destroy())
      server.off('error', next).on('error', () => client.destroy())
    })
    const next = () => pass(client, left - 1)
    server.once('error', next)
  }

  const listener = createServer((client) => {
    open.add(client)
    client.on('error', () => client.destroy()).once('close', () => open.delete(client))
    pass(client)
  })
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const { port } = listener.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    snap(chance, random) {
      for (const socket of open) if (random() < chance) socket.destroy()
    },
    async [Symbol.asyncDispose]() {
      listener.close()
      for (const socket of open) socket.destroy()
    },
  }
}
